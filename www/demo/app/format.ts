// Money and time in the app's language.

import { preferences, say } from './language.ts';

/** `3,680.50` from cents. */
export function money(cents: number): string {
  return (cents / 100).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

export function day(at: number): string {
  const date = new Date(at);
  const today = new Date();
  const days = Math.round((new Date(today).setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / 86_400_000);
  const time = date.toLocaleTimeString(preferences.language === 'zh' ? 'zh-CN' : 'en-GB', { hour: '2-digit', minute: '2-digit' });
  if (days === 0) return `${say('今天', 'Today')} ${time}`;
  if (days === 1) return `${say('昨天', 'Yesterday')} ${time}`;
  return date.toLocaleDateString(preferences.language === 'zh' ? 'zh-CN' : 'en-GB', { month: 'short', day: 'numeric' });
}

/** Digits in fours, as on a card. */
export function inFours(text: string): string {
  return text.replace(/\D/g, '').slice(0, 19).replace(/(\d{4})(?=\d)/g, '$1 ');
}

export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (const [i, digit] of [...digits].reverse().entries()) {
    const doubled = Number(digit) * (i % 2 === 1 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
