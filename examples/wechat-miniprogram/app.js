const { init } = require('unstuck');

const unstuck = init({
  engine: () => require.async('./unstuck-engine/engine.js'),
  desk: 'http://127.0.0.1:4600/',
  screens: {
    'pages/home/home': '/',
    'pages/card/number': '/cards/new',
    'pages/card/identity': '/cards/new/identity',
    'pages/card/done': '/cards/new/done',
  },
});

App({ unstuck });
