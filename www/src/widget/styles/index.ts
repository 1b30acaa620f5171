// The sheets of the widget, in the order of their weight.

import base from './base.css';
import composer from './composer.css';
import conversation from './conversation.css';
import corner from './corner.css';
import guide from './guide.css';
import panel from './panel.css';
import sent from './sent.css';
import situations from './situations.css';

export const css = [base, corner, panel, conversation, composer, sent, guide, situations].join('\n');
