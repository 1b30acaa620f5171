export interface Widget { remove(): void }
export function mount(_session: unknown, _settings: unknown): Widget { return { remove() {} }; }
