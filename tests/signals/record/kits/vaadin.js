// Controls of Vaadin as its documentation shows them.
import '@vaadin/date-picker';
import '@vaadin/integer-field';
import '@vaadin/text-field';

document.body.innerHTML = `
  <div style="display:grid;gap:24px;width:400px;padding:24px">
    <vaadin-integer-field id="seats" label="Seats" value="2" min="0" max="99" step-buttons-visible></vaadin-integer-field>
    <vaadin-text-field id="name" label="Name" value="Li Lei" clear-button-visible></vaadin-text-field>
    <vaadin-date-picker id="day" label="Day" value="2025-05-20"></vaadin-date-picker>
  </div>`;
globalThis.ready = true;
