// The script for the head of a page: captures from the first moment.
// <script src="sensor.js"></script>; with data-consent="wait" it does nothing until `init` says so.

import { startSensor } from './index.ts';

const { dataset } = (document.currentScript as HTMLScriptElement | null) ?? { dataset: {} as DOMStringMap };
if (!window.unstuckSensor && dataset.consent !== 'wait') {
  window.unstuckSensor = startSensor(dataset.errorCode);
}
