// Keeps what the sensor saw, and gives the test page a shadow root.
window.seen = [];
addEventListener('DOMContentLoaded', () => {
  const shadow = document.querySelector('#shadow').attachShadow({ mode: 'open' });
  shadow.innerHTML = '<button data-unstuck="deep" data-unstuck-ignore="error_click">Deep</button>';
  document.querySelector('form').addEventListener('submit', (event) => event.preventDefault());
});
addEventListener('load', () => window.unstuckSensor.drainTo((event) => window.seen.push(event)));
