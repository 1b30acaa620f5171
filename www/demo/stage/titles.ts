// The playbook's words for what the engine names by id.

import { preferences } from '../app/language.ts';
import type { Titles } from './picture.ts';

type Text = Record<'zh' | 'en', string>;
interface Playbook {
  journeys: { scenario: Text; steps: { id: string; title: Text }[] }[];
  stuck_points: { id: string; title: Text }[];
  intents?: { id: string }[];
}

/** Reads them from the bundle; without a bundle the ids stand for themselves. */
export async function titlesOfBundle(): Promise<Titles> {
  const playbook = await fetch('/bundle/playbook.json').then((r) => (r.ok ? (r.json() as Promise<Playbook>) : undefined), () => undefined);
  const points = new Map(playbook?.stuck_points.map(({ id, title }) => [id, title]));
  const steps = new Map(playbook?.journeys.flatMap(({ scenario, steps }) => steps.map((step) => [step.id, [scenario, step.title] as const] as const)));
  const word = (text: Text) => text[preferences.language];
  return {
    stuckPoint: (id) => (points.has(id) ? word(points.get(id)!) : id),
    step: (id) => steps.get(id)?.map(word).join(' › ') ?? id,
  };
}
