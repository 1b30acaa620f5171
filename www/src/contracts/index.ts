// Made from the core’s JSON Schemas by `npm run contracts`: change those.

/**
 * A language of the bot.
 */
export type Language = 'zh' | 'en';
/**
 * The signals of this version. The order is the wire order of the feature schema: append only.
 */
export type SignalKind =
  | 'rage_click'
  | 'dead_click'
  | 'error_click'
  | 'quick_back'
  | 'wandering'
  | 'form_error_loop'
  | 'field_reedit'
  | 'form_abandonment'
  | 'hesitation'
  | 'idle_at_step'
  | 'slow_response'
  | 'repeated_failure'
  | 'search_without_result'
  | 'frantic_scrolling'
  | 'help_seeking';
/**
 * Milliseconds since the Unix epoch, or a span of them. Within ±2^53, so that JavaScript holds it.
 */
export type Millis = number;
/**
 * How the user came to a screen.
 */
export type How = 'forward' | 'back' | 'reload';
/**
 * The sort of control that was tapped.
 */
export type Control =
  | 'none'
  | 'button'
  | 'link'
  | 'text'
  | 'select'
  | 'toggle'
  | 'stepper'
  | 'date'
  | 'carousel'
  | 'pagination'
  | 'tab'
  | 'media'
  | 'file';
/**
 * What a tap opens outside the page.
 */
export type Opens = 'nothing' | 'download' | 'new_tab' | 'print' | 'file_picker';
/**
 * How much is in a field, never what.
 */
export type LengthClass = 'empty' | 'short' | 'medium' | 'long';
/**
 * How a network call stands.
 */
export type StatusClass = 'pending' | 'ok' | 'client' | 'server' | 'network' | 'timeout' | 'cancelled';
/**
 * What moved on the page.
 */
export type Activity = 'dom' | 'scroll' | 'selection' | 'focus' | 'media';
/**
 * What became of an offer.
 */
export type OfferOutcome = 'shown' | 'accepted' | 'dismissed' | 'expired' | 'resolved' | 'unresolved';
/**
 * One thing that happened, at a time, on a screen. Read by [`wire::from_value`].
 */
export type Event = (
  | {
      kind: 'screen';
      /**
       * How they came there.
       */
      how?: How;
    }
  | (Tap & {
      kind: 'tap';
    })
  | (Edit & {
      kind: 'input';
    })
  | {
      kind: 'submit';
      /**
       * The form's stable id.
       */
      form: string;
    }
  | {
      kind: 'validation_error';
      /**
       * The field's stable id.
       */
      field: string;
      /**
       * The app's own code for it, if it has one (`expired`, `too_short`).
       */
      code?: string;
    }
  | (Api & {
      kind: 'api';
    })
  | {
      kind: 'js_error';
      /**
       * The error's class (`TypeError`), never its message.
       */
      class?: string;
    }
  | {
      kind: 'scroll';
      /**
       * How often the direction changed.
       */
      reversals: number;
      /**
       * The distance covered, in CSS pixels.
       */
      distance_px: number;
      /**
       * How long it lasted, in milliseconds.
       */
      duration_ms: number;
    }
  | {
      kind: 'visibility';
      /**
       * Whether it can be seen now.
       */
      visible: boolean;
    }
  | {
      kind: 'activity';
      /**
       * What moved.
       */
      what: Activity;
    }
  | {
      kind: 'search';
      /**
       * How many results it gave.
       */
      results: number;
    }
  | {
      kind: 'copy';
      /**
       * The stable id of the element copied from.
       */
      target?: string;
    }
  | {
      kind: 'help';
    }
  | {
      kind: 'custom';
      /**
       * The app's name for it.
       */
      name: string;
    }
  | {
      kind: 'outcome';
      /**
       * The number of the offer (see [`crate::action::Suggest`]).
       */
      offer: number;
      /**
       * What became of it.
       */
      what: OfferOutcome;
    }
  | {
      kind: 'other';
      /**
       * The kind as it was sent, cut to the cap.
       */
      name: string;
    }
) & {
  /**
   * When, by the host's clock. May jump, repeat or run backwards; the engine copes.
   */
  t: Millis;
  /**
   * The route template of the screen it happened on (`/orders/:id`); empty where unknown.
   */
  screen?: string;
};
/**
 * How a handoff stands.
 */
export type State =
  | 'offered'
  | 'consented'
  | 'declined'
  | 'queued'
  | 'assigned'
  | 'live'
  | 'ended'
  | 'unavailable'
  | 'message_left'
  | 'cancelled'
  | 'expired'
  | 'returned';
/**
 * One thing that the engine is told. All carry the host's time.
 */
export type Input =
  | (Event & {
      input: 'event';
    })
  | {
      input: 'say';
      /**
       * When.
       */
      t: Millis;
      /**
       * What.
       */
      text: string;
    }
  | {
      input: 'choose';
      /**
       * When.
       */
      t: Millis;
      /**
       * The choice's id.
       */
      id: string;
    }
  | {
      input: 'ask_human';
      /**
       * When.
       */
      t: Millis;
    }
  | {
      input: 'tool';
      /**
       * When.
       */
      t: Millis;
      /**
       * The key of the action that ran it.
       */
      key: string;
      /**
       * The tool's own word for the result; `failed` for an error or a time-out.
       */
      outcome: string;
      /**
       * Values for slots.
       */
      values?: {
        [k: string]: string;
      };
    }
  | {
      input: 'guide';
      /**
       * When.
       */
      t: Millis;
      /**
       * The guide.
       */
      guide: string;
      /**
       * `done`, `left`, or `skipped`.
       */
      outcome: string;
      /**
       * Why, where something was skipped (`target_missing`, `target_hidden`).
       */
      why?: string;
    }
  | {
      input: 'handoff';
      /**
       * When.
       */
      t: Millis;
      /**
       * The news.
       */
      update: Update;
    }
  | {
      input: 'agent';
      /**
       * When.
       */
      t: Millis;
      /**
       * What.
       */
      text: string;
    }
  | {
      input: 'language';
      /**
       * When.
       */
      t: Millis;
      /**
       * To which.
       */
      language: Language;
    }
  | {
      input: 'elder';
      /**
       * When.
       */
      t: Millis;
      /**
       * It is on now.
       */
      on: boolean;
    }
  | {
      input: 'chat';
      /**
       * When.
       */
      t: Millis;
      /**
       * It is open now.
       */
      open: boolean;
    }
  | {
      input: 'tick';
      /**
       * When.
       */
      t: Millis;
    };
/**
 * One action with its reasons.
 */
export type Action = (
  | (Suggest & {
      do: 'suggest';
    })
  | {
      do: 'withdraw';
      /**
       * The offer's number.
       */
      offer: number;
    }
  | (Say & {
      do: 'say';
    })
  | (Say & {
      do: 'ask';
    })
  | (Guide & {
      do: 'guide';
    })
  | (RunTool & {
      do: 'run_tool';
    })
  | (HandOff & {
      do: 'hand_off';
    })
  | {
      do: 'stay_silent';
    }
) & {
  /**
   * `(sequence, number)` inside the session: with the session id it is the idempotency key of
   * every side effect, so a replay does nothing twice. Written `sequence-number`.
   */
  key: string;
  /**
   * When it was decided.
   */
  t: Millis;
  /**
   * Why, most important first. Never empty.
   */
  reasons: Reason[];
};
/**
 * Why a user is stuck. The order is the wire order of the behaviour model: append only.
 */
export type Cause =
  | 'not_understood'
  | 'cannot_find'
  | 'cannot_operate'
  | 'input_rejected'
  | 'declined_by_rule'
  | 'system_error'
  | 'slow'
  | 'unstable_dependency'
  | 'interface_defect'
  | 'waiting_for_outcome';
/**
 * How to draw a button.
 */
export type ChoiceRole = 'plain' | 'primary' | 'human' | 'quiet';
/**
 * Who speaks.
 */
export type Speaker = 'user' | 'bot' | 'agent';

/**
 * What is remembered. Kept by the host on the device; it never leaves it. Times are the host's.
 */
export interface Profile {
  /**
   * The language they last used.
   */
  language?: Language | null;
  /**
   * Larger text, plainer words, a human sooner.
   */
  elder_mode?: boolean;
  /**
   * How often they took up self-service and how often a human.
   */
  self_service?: number;
  /**
   * How often they asked for a human.
   */
  human?: number;
  /**
   * Stuck points whose offer was sent away, and when; at most 64, the oldest goes first.
   */
  declined?: {
    [k: string]: Millis;
  };
  /**
   * When offers were shown lately; at most 32.
   */
  shown?: Millis[];
}
/**
 * Who and where, for one session.
 */
export interface Config {
  /**
   * The session's id, chosen by the host; part of every idempotency key.
   */
  session?: string;
  /**
   * A stable pseudonym of the user, for the holdout's hash; the session's id where there is none.
   */
  user?: string;
  /**
   * The language to begin with.
   */
  language?: Language;
  /**
   * Signals that this host cannot see; reported as unsupported, never as zero.
   */
  unsupported?: SignalKind[];
  /**
   * What is remembered of this user on this device.
   */
  profile?: Profile;
  /**
   * Fill [`Output::explain`].
   */
  explain?: boolean;
}
/**
 * A click or a tap on an element.
 */
export interface Tap {
  /**
   * The element's stable id; empty where it has none.
   */
  target?: string;
  /**
   * What sort of control it is.
   */
  control?: Control;
  /**
   * Where, in CSS pixels of the viewport.
   */
  x?: number;
  /**
   * Where, in CSS pixels of the viewport.
   */
  y?: number;
  /**
   * The control was disabled.
   */
  disabled?: boolean;
  /**
   * What the tap opens outside the page, where the page itself cannot react.
   */
  opens?: Opens;
  /**
   * Text was selected when the tap ended.
   */
  selection?: boolean;
  /**
   * A modifier key was held.
   */
  modifier?: boolean;
  /**
   * Signals that the element, or an ancestor across shadow roots, opted out of.
   */
  ignore?: SignalKind[];
}
/**
 * A field was edited.
 */
export interface Edit {
  /**
   * The field's stable id.
   */
  field?: string;
  /**
   * The form it belongs to; empty where there is none.
   */
  form?: string;
  /**
   * How much is in it.
   */
  length?: LengthClass;
  /**
   * Whether the browser or the app holds it valid, where that is known.
   */
  valid?: boolean | null;
  /**
   * Signals that the element, or an ancestor across shadow roots, opted out of.
   */
  ignore?: SignalKind[];
}
/**
 * A network call of the app.
 */
export interface Api {
  /**
   * Method and path template: `POST /payments/:id`.
   */
  endpoint?: string;
  /**
   * How it stands.
   */
  status?: StatusClass;
  /**
   * From start to end in milliseconds; 0 while pending.
   */
  latency_ms?: number;
  /**
   * The app's own error code where its answer carries one (`card_expired`); never free text.
   */
  code?: string;
}
/**
 * News from the desk, fed back by the host. An old or repeated one changes nothing.
 */
export interface Update {
  /**
   * The handoff's key.
   */
  handoff: string;
  /**
   * How it stands now.
   */
  state: State;
  /**
   * Counts up at the desk; an update with a number not above the last one is old.
   */
  revision: number;
  /**
   * The agent's name to show, where one is known.
   */
  agent?: string;
  /**
   * The place in the queue, from 1, where it is known.
   */
  position?: number | null;
}
/**
 * A way out, offered unasked.
 */
export interface Suggest {
  /**
   * The offer's number in this session, from 1; its outcome comes back under it.
   */
  offer: number;
  /**
   * The stuck point it is for.
   */
  stuck_point: string;
  /**
   * Why the user is believed to be stuck there.
   */
  cause: Cause;
  /**
   * One sentence in the user's language.
   */
  text: string;
  /**
   * The label of yes.
   */
  accept: string;
  /**
   * The label of no.
   */
  decline: string;
  /**
   * How sure the bot is, 0 to 1.
   */
  probability: number;
}
/**
 * A turn of the bot in the chat.
 */
export interface Say {
  /**
   * The words, in the user's language.
   */
  text: string;
  /**
   * A card below the words.
   */
  card: CardView | null;
  /**
   * Buttons below it; the picked one comes back as `choose`.
   */
  choices: Choice[];
  /**
   * What the answer rests on, where it answers a question.
   */
  basis: Basis | null;
  /**
   * The hint in the text field where text is wanted, empty otherwise.
   */
  expects: string;
}
/**
 * A card or an article, ready to show.
 */
export interface CardView {
  /**
   * The card's id in the playbook.
   */
  id: string;
  /**
   * Its title.
   */
  title: string;
  /**
   * Its paragraphs and steps: lines that begin with `1. ` or `- ` are lists.
   */
  body: string;
}
/**
 * A button.
 */
export interface Choice {
  /**
   * What comes back when it is picked.
   */
  id: string;
  /**
   * Its label.
   */
  label: string;
  /**
   * How to draw it.
   */
  role: ChoiceRole;
}
/**
 * What an answer rests on: typed text and behaviour, together and apart.
 */
export interface Basis {
  /**
   * The best guesses with both, best first; at most three.
   */
  together: Guess[];
  /**
   * What it would have been without the behaviour.
   */
  text_alone: Guess | null;
  /**
   * What it would have been without the text.
   */
  behaviour_alone: Guess | null;
}
/**
 * An intent or stuck point with its probability.
 */
export interface Guess {
  /**
   * The stuck point's or intent's id.
   */
  id: string;
  /**
   * 0 to 1.
   */
  probability: number;
}
/**
 * A guide: elements to point at, in order.
 */
export interface Guide {
  /**
   * The guide's id in the playbook.
   */
  guide: string;
  /**
   * Its steps.
   */
  steps: GuideStep[];
}
/**
 * One element to point at. A host that cannot find the target in time skips it and says why.
 */
export interface GuideStep {
  /**
   * The element's stable id.
   */
  target: string;
  /**
   * What to do there, in the user's language.
   */
  text: string;
  /**
   * How long to wait for the target, in milliseconds.
   */
  wait_ms: number;
}
/**
 * A call of a tool that the integrator registered by name.
 */
export interface RunTool {
  /**
   * The tool's id in the playbook.
   */
  tool: string;
  /**
   * Its arguments: the slots the dialogue filled.
   */
  arguments: {
    [k: string]: string;
  };
  /**
   * After how long the host reports a failure, in milliseconds.
   */
  timeout_ms: number;
}
/**
 * How the handoff stands, and, once there is consent, the request itself.
 */
export interface HandOff {
  /**
   * The handoff's idempotency key.
   */
  handoff: string;
  /**
   * How it stands.
   */
  state: State;
  /**
   * What to tell the user about it.
   */
  text: string;
  /**
   * Buttons below it (consent, cancel, leave a message).
   */
  choices: Choice[];
  /**
   * The request to send to the desk: set exactly when `state` became `consented` or
   * `message_left`.
   */
  request: ContextPackage | null;
}
/**
 * What the human gets on screen. Redacted; no raw event.
 */
export interface ContextPackage {
  /**
   * The contract version: 1.
   */
  version: number;
  /**
   * The handoff's idempotency key.
   */
  handoff: string;
  /**
   * When it was asked for.
   */
  t: Millis;
  /**
   * The app's id (the playbook's).
   */
  app: string;
  /**
   * The user's language.
   */
  language: Language;
  /**
   * Why a human: `asked`, `escalation:<id>`, `not_resolved`, `upset`, `stuck_point`.
   */
  reason: string;
  /**
   * 1 is first in the queue.
   */
  priority: number;
  /**
   * Where the user is believed to be stuck; none where nothing is believed.
   */
  stuck: StuckAt | null;
  /**
   * Other guesses, best first; at most three.
   */
  guesses: Guess[];
  /**
   * What it is believed on, in words and counts.
   */
  evidence: EvidenceLine[];
  /**
   * What was offered and tried, and what became of it.
   */
  tried: Tried[];
  /**
   * The conversation so far, redacted, oldest first, capped.
   */
  conversation: Line[];
  /**
   * What the dialogue asked for and got, redacted.
   */
  slots: {
    [k: string]: string;
  };
  /**
   * Preferences: `prefers_human`, `elder_mode`.
   */
  preferences: string[];
  /**
   * The message left where nobody was on duty.
   */
  message: string | null;
}
/**
 * Where the user is believed to be stuck, for people.
 */
export interface StuckAt {
  /**
   * The stuck point's id.
   */
  stuck_point: string;
  /**
   * Its name in the desk's language is looked up by id; this is the user's.
   */
  title: string;
  /**
   * Product, scenario and step in words.
   *
   * @minItems 3
   * @maxItems 3
   */
  path: [string, string, string];
  /**
   * Why.
   */
  cause: Cause;
  /**
   * 0 to 1.
   */
  probability: number;
}
/**
 * One piece of evidence.
 */
export interface EvidenceLine {
  /**
   * The signal.
   */
  signal: SignalKind;
  /**
   * The screen's template.
   */
  screen: string;
  /**
   * The element, field or endpoint.
   */
  target: string;
  /**
   * How many.
   */
  count: number;
  /**
   * When it last fired.
   */
  t: Millis;
}
/**
 * Something that was tried.
 */
export interface Tried {
  /**
   * The card, guide, flow or tool.
   */
  what: string;
  /**
   * `shown`, `accepted`, `dismissed`, `done`, `failed`, `resolved`, `unresolved`.
   */
  outcome: string;
  /**
   * When.
   */
  t: Millis;
}
/**
 * A line of the conversation.
 */
export interface Line {
  /**
   * Who said it.
   */
  from: Speaker;
  /**
   * The words, redacted.
   */
  text: string;
  /**
   * When.
   */
  t: Millis;
}
/**
 * Why, in a form that people and programs can read.
 */
export interface Reason {
  /**
   * A stable code, one of [`reason::ALL`]; `docs/reasons.md` lists them.
   */
  code: string;
  /**
   * One sentence in English with the figures.
   */
  text: string;
}
/**
 * What was seen and believed after one input.
 */
export interface Explain {
  /**
   * Signals that fired.
   */
  signals: Signal[];
  /**
   * Stuck now, 0 to 1: as the model says, or as the playbook's evidence does where that says more.
   */
  stuck: number;
  /**
   * The step that the user is at, if it is known.
   */
  step: string | null;
  /**
   * The likeliest stuck points, best first; at most five.
   */
  believed: Guess[];
  /**
   * The expected worth of the best offer, in units of one interruption's cost.
   */
  worth: number;
  /**
   * What it came to: `suggest` or `stay_silent`, with the code of the first reason.
   */
  decision: string;
}
/**
 * A signal that fired.
 */
export interface Signal {
  /**
   * Which one.
   */
  kind: SignalKind;
  /**
   * When it was certain.
   */
  at: Millis;
  /**
   * When what it is made of began.
   */
  since: Millis;
  /**
   * The screen it is about.
   */
  screen: string;
  /**
   * The element, field, form or endpoint it is about; empty where there is none.
   */
  target: string;
  /**
   * How many of what it counts (clicks, refusals, cycles); at least 1.
   */
  count: number;
}
/**
 * What comes of one input.
 */
export interface Output {
  /**
   * What to do, in order.
   */
  actions: Action[];
  /**
   * When something is due next, if nothing else happens before.
   */
  wake_at: Millis | null;
  /**
   * The profile, where it changed: the host keeps it on the device.
   */
  profile: Profile | null;
  /**
   * What was seen and believed, where the configuration asks for it.
   */
  explain: Explain | null;
}
