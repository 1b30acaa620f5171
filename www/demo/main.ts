// The demo wallet: an ordinary app that has Unstuck embedded.

import './app/embed.ts';
import { listen } from './app/inbox.ts';
import { apply } from './app/language.ts';
import { redraw, start } from './app/router.ts';
import { bindDone, bindIdentity, bindNumber, bindVerify } from './app/screens/bind.ts';
import { cards } from './app/screens/cards.ts';
import { home } from './app/screens/home.ts';
import { order, orders } from './app/screens/orders.ts';
import { payCashier, payChoose, payOrder, payResult } from './app/screens/pay.ts';
import { refundAsk, refunds, refundStatus } from './app/screens/refunds.ts';
import { search } from './app/screens/search.ts';
import { sendAmount, sendConfirm, sendDone, sendPayee } from './app/screens/send.ts';
import { settings, settingsLimits } from './app/screens/settings.ts';
import { verifyDocument, verifyName, verifyPhoto, verifyReview } from './app/screens/verify.ts';
import { frame } from './app/shell.ts';

apply();
start(
  document.getElementById('app')!,
  [
    [/^\/$/, home],
    [/^\/cards$/, cards],
    [/^\/cards\/new$/, bindNumber],
    [/^\/cards\/new\/identity$/, bindIdentity],
    [/^\/cards\/new\/verify$/, bindVerify],
    [/^\/cards\/new\/done$/, bindDone],
    [/^\/send$/, sendPayee],
    [/^\/send\/amount$/, sendAmount],
    [/^\/send\/confirm$/, sendConfirm],
    [/^\/send\/done$/, sendDone],
    [/^\/pay$/, payChoose],
    [/^\/pay\/(\d+)$/, payOrder],
    [/^\/pay\/(\d+)\/cashier$/, payCashier],
    [/^\/pay\/(\d+)\/result$/, payResult],
    [/^\/orders$/, orders],
    [/^\/orders\/(\w+)$/, order],
    [/^\/refunds$/, refunds],
    [/^\/refunds\/(\w+)$/, refundAsk],
    [/^\/refunds\/(\w+)\/status$/, refundStatus],
    [/^\/verify$/, verifyDocument],
    [/^\/verify\/photo$/, verifyPhoto],
    [/^\/verify\/name$/, verifyName],
    [/^\/verify\/review$/, verifyReview],
    [/^\/search$/, search],
    [/^\/settings$/, settings],
    [/^\/settings\/limits$/, settingsLimits],
  ],
  frame,
);
listen(redraw);
