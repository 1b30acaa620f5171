// Controls of Shoelace as its documentation shows them. The two `dead.*` buttons have no handler.
import '@shoelace-style/shoelace/dist/themes/light.css';
import '@shoelace-style/shoelace/dist/shoelace.js';

const slides = [1, 2, 3, 4, 5].map((n) => `<sl-carousel-item><div style="height:160px">Slide ${n}</div></sl-carousel-item>`);
document.body.innerHTML = `
  <p id="terms">Fees are charged once a month, on the first working day, for the month before.</p>
  <sl-carousel id="photos" pagination navigation style="width:480px">${slides.join('')}</sl-carousel>
  <sl-input id="name" label="Name" value="Li Lei" clearable></sl-input>
  <sl-input id="amount" type="number" label="Amount" value="10"></sl-input>
  <sl-input id="secret" type="password" label="Password" value="secret" password-toggle></sl-input>
  <sl-textarea id="note" label="Note" value="For the rent of May"></sl-textarea>
  <sl-range id="limit" label="Limit" min="0" max="100" value="20" style="width:300px"></sl-range>
  <sl-rating id="stars"></sl-rating>
  <sl-switch id="alerts">Alerts</sl-switch>
  <sl-checkbox id="agree">I agree</sl-checkbox>
  <sl-radio-group id="pay" label="Pay with" value="card"><sl-radio value="card">Card</sl-radio><sl-radio value="cash">Cash</sl-radio></sl-radio-group>
  <sl-select id="city" label="City" style="width:300px"><sl-option value="a">Hangzhou</sl-option><sl-option value="b">Shanghai</sl-option></sl-select>
  <sl-tab-group id="views">
    <sl-tab slot="nav" panel="one">Bills</sl-tab><sl-tab slot="nav" panel="two">Cards</sl-tab><sl-tab slot="nav" panel="three">Loans</sl-tab>
    <sl-tab-panel name="one">Bills</sl-tab-panel><sl-tab-panel name="two">Cards</sl-tab-panel><sl-tab-panel name="three">Loans</sl-tab-panel>
  </sl-tab-group>
  <sl-details id="faq" summary="When is it paid out?">Within two days.</sl-details>
  <sl-tree id="tree"><sl-tree-item>2025<sl-tree-item>May</sl-tree-item><sl-tree-item>June</sl-tree-item></sl-tree-item></sl-tree>
  <sl-dropdown id="menu"><sl-button slot="trigger" caret>More</sl-button><sl-menu><sl-menu-item>Print</sl-menu-item></sl-menu></sl-dropdown>
  <sl-button id="file" href="data:text/plain,statement" download="statement.txt">Statement</sl-button>
  <sl-button id="next" disabled>Next</sl-button>
  <sl-button id="count">Add</sl-button> <output id="counted">0</output>
  <sl-button id="dead.pay">Pay</sl-button>
  <sl-button id="dead.save" variant="primary">Save</sl-button>`;
let count = 0;
document.getElementById('count').addEventListener('click', () => {
  document.getElementById('counted').textContent = String((count += 1));
});
await Promise.all(['sl-carousel', 'sl-button', 'sl-input'].map((tag) => customElements.whenDefined(tag)));
globalThis.ready = true;
