import type { Handle, init, Outgoing } from '../../pkg/types/index.d.ts';
import type { Input } from '../src/contracts/index.ts';

declare global {
  interface Window {
    /** The handle of the test page. */
    unstuck: Handle;
    /** The package's `init`. */
    initUnstuck: typeof init;
    /** All that the engine was told, in order. */
    told: Input[];
    /** What is to be kept on the device, in the test of `beforeSend`. */
    keep?: (item: Outgoing) => boolean;
  }
}
