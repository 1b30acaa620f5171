// What the server says: cli/src/preview, and the playbook as schemas/playbook.json has it.

import type { CardView, Cause, Choice, Guide, Language, Suggest } from '../src/contracts/index.ts';

export type Text = Partial<Record<Language, string>> & { plain?: Partial<Record<Language, string>> };
export type Lists<T> = Partial<Record<Language, T[]>>;

export type Help = { card: string } | { guide: string } | { flow: string } | { human: object };
export type Reply = { say: Text } | { card: string } | { flow: string } | { human: object };

export interface Step { id: string; title: Text }
export interface Journey { id: string; product: Text; scenario: Text; steps: Step[] }
export interface StuckPoint {
  id: string; step: string; cause: Cause; title: Text; offer: Text; help: Help; worth: number; questions: Lists<string>;
}
export interface Card { id: string; title: Text; body: Text; guide?: string | null; flow?: string | null }
export interface GuideSteps { id: string; steps: { target: string; text: Text; wait_ms: number }[] }
export interface Tool { id: string; title: Text; confirm?: Text | null }
export interface Intent { id: string; reply: Reply; questions: Lists<string> }
export interface Escalation { id: string; title: Text; phrases: Lists<string>; intents: string[]; priority: number; text: Text }
export interface Hours { utc_offset_minutes: number; week: [number, number][][]; text: Text }

export type Accept = 'text' | 'order' | 'amount' | 'last_four';
export type Node = { id: string } & (
  | { do: 'say'; text: Text; card?: string | null; next?: string | null }
  | { do: 'choose'; text: Text; options: { label: Text; next: string }[] }
  | { do: 'slot'; text: Text; slot: string; accept: Accept; retry: Text; next: string }
  | { do: 'tool'; tool: string; next: Record<string, string> }
  | { do: 'guide'; guide: string; next?: string | null }
  | { do: 'human' }
);
export interface Flow { id: string; nodes: Node[] }

export interface Playbook {
  id: string; languages: Language[]; journeys: Journey[]; stuck_points: StuckPoint[]; cards: Card[]; guides: GuideSteps[];
  tools: Tool[]; flows: Flow[]; intents: Intent[]; escalations: Escalation[]; hours: Hours;
}

export interface Place { file: string; line: number; column: number }
export interface Finding extends Partial<Place> { severity: 'error' | 'warning'; place: string; what: string; mend: string }

export interface State {
  revision: number; source: string; playbook: Playbook | null; places: Partial<Record<List, (Place | null)[]>>; current: boolean; findings: Finding[];
}

/** The lists whose items can be looked at. */
export type List = 'journeys' | 'stuck_points' | 'cards' | 'guides' | 'flows' | 'intents' | 'escalations';
export type Kind = 'journey' | 'stuck_point' | 'card' | 'guide' | 'flow' | 'intent' | 'escalation' | 'hours';
export interface Selected { kind: Kind; id: string }

/** What the user or the app does in a talk. */
export type Move = { choose: string } | { say: string } | { tool: string } | { guide: string } | { human: object };

export interface Bubble {
  id: string; from: 'user' | 'bot'; text: string; card: CardView | null; choices: Choice[]; expects: string; chosen: string | null; t: number;
}
export interface Heard {
  offer: Suggest | null; messages: Bubble[]; guide: Guide | null; tool: string | null; outcomes: string[]; node: string | null;
}
export type Talk = Partial<Record<Language, Heard>>;
