// The agents' side of desk/openapi.yaml.

import type { Cause, Language, SignalKind } from '../src/contracts/index.ts';

export type State =
  | 'queued' | 'assigned' | 'live' | 'ended' | 'unavailable' | 'message_left' | 'cancelled' | 'expired' | 'returned';
export type Speaker = 'user' | 'bot' | 'agent';

export interface Summary {
  key: string;
  state: State;
  revision: number;
  agent: string;
  position: number | null;
  priority: number;
  asked_at: number;
  changed_at: number;
  handled: boolean;
  language: Language;
  title: string;
  last: string;
}

export interface Package {
  t: number;
  app: string;
  language: Language;
  reason: string;
  priority: number;
  stuck: { stuck_point: string; title: string; path: [string, string, string]; cause: Cause; probability: number } | null;
  guesses: { id: string; probability: number }[];
  evidence: { signal: SignalKind; screen: string; target: string; count: number; t: number }[];
  tried: { what: string; outcome: string; t: number }[];
  conversation: { from: Speaker; text: string; t: number }[];
  slots: Record<string, string>;
  preferences: string[];
  message: string | null;
}

export type Frame =
  | { seq: number; type: 'state'; t: number; update: { state: State; agent: string } }
  | { seq: number; type: 'message'; t: number; id: string; from: Speaker; name: string; text: string };

export interface Detail {
  summary: Summary;
  package: Package;
  frames: Frame[];
}
