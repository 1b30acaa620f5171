Component(require('../index.js').widget);
