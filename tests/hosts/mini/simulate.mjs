export function* simulated() {}
