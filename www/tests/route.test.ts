import assert from 'node:assert/strict';
import { test } from 'node:test';
import { screenOf, template } from '../src/sensor/route.ts';

test('what identifies somebody or something never stays in a path', () => {
  const cases: [path: string, expected: string][] = [
    ['/', '/'],
    ['/orders', '/orders'],
    ['/orders/', '/orders'],
    ['/orders/42/refund', '/orders/:id/refund'],
    ['/orders/2024-11-05', '/orders/:id'],
    ['/u/1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed', '/u/:id'],
    ['/commit/1b9d6bcdbbfd', '/commit/:id'],
    ['/order/ORD-20240101-A', '/order/:id'],
    ['/user/jane@mail.example', '/user/:id'],
    ['/search/%E5%BC%A0%E4%B8%89', '/search/:id'],
    ['/t/eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9', '/t/:id'],
    ['/a;jsessionid=8?x=1', '/a'],
    ['/v2/bind-card/step-3', '/v2/bind-card/step-3'],
    ['/facade/decade', '/facade/decade'],
  ];
  assert.deepEqual(cases.map(([path]) => template(path)), cases.map(([, expected]) => expected));
});

test('a hash that looks like a path is the screen; any other hash is none', () => {
  assert.equal(screenOf({ pathname: '/app', hash: '#/bind/77' }), '/bind/:id');
  assert.equal(screenOf({ pathname: '/app', hash: '#!/bind' }), '/bind');
  assert.equal(screenOf({ pathname: '/app', hash: '#section-2' }), '/app');
});
