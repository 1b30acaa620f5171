// The real sensor in the page; what it captures is what the recording keeps.
import { startSensor } from '../../../../www/src/sensor/index.ts';

globalThis.captured = [];
startSensor().drainTo((event) => globalThis.captured.push(event));
