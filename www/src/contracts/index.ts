// The wire types of the core, as its serde writes them.

export type Millis = number;
export type Language = 'zh' | 'en';
export type SignalKind =
  | 'rage_click' | 'dead_click' | 'error_click' | 'quick_back' | 'wandering' | 'form_error_loop'
  | 'field_reedit' | 'form_abandonment' | 'hesitation' | 'idle_at_step' | 'slow_response'
  | 'repeated_failure' | 'search_without_result' | 'frantic_scrolling' | 'help_seeking';
export type Cause =
  | 'not_understood' | 'cannot_find' | 'cannot_operate' | 'input_rejected' | 'declined_by_rule'
  | 'system_error' | 'slow' | 'unstable_dependency' | 'interface_defect' | 'waiting_for_outcome';
export type How = 'forward' | 'back' | 'reload';
export type Control =
  | 'none' | 'button' | 'link' | 'text' | 'select' | 'toggle' | 'stepper' | 'date' | 'carousel'
  | 'pagination' | 'tab' | 'media' | 'file';
export type Opens = 'nothing' | 'download' | 'new_tab' | 'print' | 'file_picker';
export type LengthClass = 'empty' | 'short' | 'medium' | 'long';
export type StatusClass = 'pending' | 'ok' | 'client' | 'server' | 'network' | 'timeout' | 'cancelled';
export type Activity = 'dom' | 'scroll' | 'selection' | 'focus' | 'media';
export type OfferOutcome = 'shown' | 'accepted' | 'dismissed' | 'expired' | 'resolved' | 'unresolved';

export type EventKind =
  | { kind: 'screen'; how: How }
  | {
      kind: 'tap'; target: string; control: Control; x: number; y: number; disabled: boolean;
      opens: Opens; selection: boolean; modifier: boolean; ignore: SignalKind[];
    }
  | {
      kind: 'input'; field: string; form: string; length: LengthClass; valid: boolean | null;
      ignore: SignalKind[];
    }
  | { kind: 'submit'; form: string }
  | { kind: 'validation_error'; field: string; code: string }
  | { kind: 'api'; endpoint: string; status: StatusClass; latency_ms: number; code: string }
  | { kind: 'js_error'; class: string }
  | { kind: 'scroll'; reversals: number; distance_px: number; duration_ms: number }
  | { kind: 'visibility'; visible: boolean }
  | { kind: 'activity'; what: Activity }
  | { kind: 'search'; results: number }
  | { kind: 'copy'; target: string }
  | { kind: 'help' }
  | { kind: 'custom'; name: string }
  | { kind: 'outcome'; offer: number; what: OfferOutcome };

export type Event = { t: Millis; screen: string } & EventKind;

export type Guess = { id: string; probability: number };
export type Reason = { code: string; text: string };
export type ChoiceRole = 'plain' | 'primary' | 'human' | 'quiet';
export type Choice = { id: string; label: string; role?: ChoiceRole };
export type CardView = { id: string; title: string; body: string };
export type Basis = {
  together: Guess[];
  text_alone?: Guess | null;
  behaviour_alone?: Guess | null;
};
export type Suggest = {
  offer: number; stuck_point: string; cause: Cause; text: string; accept: string; decline: string;
  probability: number;
};
export type Say = {
  text: string; card?: CardView | null; choices: Choice[]; basis?: Basis | null; expects: string;
};
export type GuideStep = { target: string; text: string; wait_ms: number };
export type Guide = { guide: string; steps: GuideStep[] };
export type RunTool = { tool: string; arguments: Record<string, string>; timeout_ms: number };
export type HandoffState =
  | 'offered' | 'consented' | 'declined' | 'queued' | 'assigned' | 'live' | 'ended' | 'unavailable'
  | 'message_left' | 'cancelled' | 'expired' | 'returned';
export type HandOff = {
  handoff: string; state: HandoffState; text: string; choices: Choice[];
  request?: ContextPackage | null;
};
export type ContextPackage = {
  version: number; handoff: string; t: Millis; app: string; language: Language; reason: string;
  priority: number; [field: string]: unknown;
};
export type Update = {
  handoff: string; state: HandoffState; revision: number; agent?: string; position?: number | null;
};

export type ActionKind =
  | ({ do: 'suggest' } & Suggest)
  | { do: 'withdraw'; offer: number }
  | ({ do: 'say' } & Say)
  | ({ do: 'ask' } & Say)
  | ({ do: 'guide' } & Guide)
  | ({ do: 'run_tool' } & RunTool)
  | ({ do: 'hand_off' } & HandOff)
  | { do: 'stay_silent' };
export type Action = { key: string; t: Millis; reasons: Reason[] } & ActionKind;

export type Profile = { language?: Language | null; elder_mode?: boolean; [field: string]: unknown };
export type Config = {
  session: string; user: string; language: Language; unsupported: SignalKind[]; profile: Profile;
  explain: boolean;
};

export type Input =
  | ({ input: 'event' } & Event)
  | { input: 'say'; t: Millis; text: string }
  | { input: 'choose'; t: Millis; id: string }
  | { input: 'ask_human'; t: Millis }
  | { input: 'tool'; t: Millis; key: string; outcome: string; values: Record<string, string> }
  | { input: 'guide'; t: Millis; guide: string; outcome: 'done' | 'left' | 'skipped'; why: string }
  | { input: 'handoff'; t: Millis; update: Update }
  | { input: 'agent'; t: Millis; text: string }
  | { input: 'language'; t: Millis; language: Language }
  | { input: 'chat'; t: Millis; open: boolean }
  | { input: 'tick'; t: Millis };

export type Signal = {
  kind: SignalKind; at: Millis; since: Millis; screen: string; target: string; count: number;
};
export type Explain = {
  signals: Signal[]; stuck: number; step?: string | null; believed: Guess[]; worth: number;
  decision: string;
};
export type Output = {
  actions: Action[]; wake_at?: Millis | null; profile?: Profile | null; explain?: Explain | null;
};
