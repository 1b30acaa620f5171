// The shop's own code: it knows nothing of Unstuck, and has to work whatever happens to it.
const form = document.querySelector('form');
const [field, alert, clicks] = ['input', '[role=alert]', 'output'].map((what) => document.querySelector(what));

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  clicks.value = Number(clicks.value) + 1;
  const answer = await fetch('/api/coupon', { method: 'POST', body: new FormData(form) });
  field.setAttribute('aria-invalid', String(!answer.ok));
  field.setAttribute('data-unstuck-code', answer.headers.get('x-error-code') || 'refused');
  alert.textContent = answer.ok ? '' : 'This code cannot be used.';
});
