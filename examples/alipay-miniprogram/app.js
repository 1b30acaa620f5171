const { init } = require('unstuck/es/index');

const unstuck = init({
  engine: () => require.async('./unstuck-engine/engine.js'),
  models: () => require.async('./unstuck-engine/bundle.js'),
  desk: 'http://127.0.0.1:4600/',
  // Alipay has no consent of its own to wait for: the home page asks.
  consent: 'wait',
  screens: {
    'pages/home/home': '/',
    'pages/card/number': '/cards/new',
    'pages/card/identity': '/cards/new/identity',
    'pages/card/done': '/cards/new/done',
  },
});

App({ unstuck });
