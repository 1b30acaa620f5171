/** Importing `unstuck/sensor` starts to capture at once; `init` takes over what it has seen. */
export {};
