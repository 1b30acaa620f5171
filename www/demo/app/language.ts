// The app's language, theme and text size: chosen in the settings, kept on the device.

export type Language = 'zh' | 'en';
export type Theme = 'auto' | 'light' | 'dark';

export interface Preferences {
  language: Language;
  theme: Theme;
  elder: boolean;
}

/** Where the choices are kept on the device. */
export const KEY = 'wallet.preferences';

function stored(): Partial<Preferences> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>;
  } catch {
    return {};
  }
}

const kept = stored();

export const preferences: Preferences = {
  language: kept.language === 'zh' || kept.language === 'en' ? kept.language : navigator.language.startsWith('zh') ? 'zh' : 'en',
  theme: kept.theme === 'light' || kept.theme === 'dark' ? kept.theme : 'auto',
  elder: kept.elder === true,
};

/** The text in the app's language. */
export function say(zh: string, en: string): string {
  return preferences.language === 'zh' ? zh : en;
}

const dark = matchMedia('(prefers-color-scheme: dark)');

/** Puts the preferences on the document. */
export function apply(): void {
  const { language, theme, elder } = preferences;
  const root = document.documentElement;
  root.lang = language === 'zh' ? 'zh-CN' : 'en';
  root.dataset.theme = theme === 'auto' ? (dark.matches ? 'dark' : 'light') : theme;
  root.dataset.size = elder ? 'large' : 'usual';
}

export function change(changed: Partial<Preferences>): void {
  Object.assign(preferences, changed);
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // A browser that keeps nothing still shows the change on this page.
  }
  apply();
}

dark.addEventListener('change', apply);
