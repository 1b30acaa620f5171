// What the markup calls.

export const ACTIONS = [
  'tapLauncher', 'tapClose', 'tapAccept', 'tapDecline', 'tapChoice', 'tapHuman', 'tapStatus', 'tapLanguage', 'tapLarger',
  'tapSent', 'tapBack', 'type', 'send', 'guideNext', 'guideStop',
] as const;

export type ActionName = (typeof ACTIONS)[number];

export interface Tap {
  currentTarget: { dataset: { message?: string; choice?: string } };
  detail?: { value?: string };
}
