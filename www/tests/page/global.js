window.handle = unstuck.init({ bundle: '/bundle/' });
