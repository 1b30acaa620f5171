// What is done to each control, and what must fire: nothing, but for the buttons without a handler.

const trap = (name, act) => ({ name, expect: [], act });

export const scenarios = {
  shoelace: [
    trap('carousel, next five times', (h) => h.tap('#photos [part~="navigation-button--next"]', { times: 5 })),
    trap('carousel, next beyond the last slide', (h) => h.tap('#photos [part~="navigation-button--next"]', { times: 8, gap: 150 })),
    trap('carousel, its dots one after the other', async (h) => {
      for (const n of [2, 3, 4, 5, 1]) await h.tap(`#photos [part~="pagination-item"]:nth-child(${n})`, { gap: 250 });
    }),
    trap('carousel, the same dot four times', (h) => h.tap('#photos [part~="pagination-item"]:nth-child(3)', { times: 4 })),
    trap('text field, four fast clicks', (h) => h.tap('#name input', { times: 4, gap: 120 })),
    trap('text field, a triple click, twice', async (h) => {
      await h.multi('#name input', 3, [0.2, 0.5]);
      await h.multi('#name input', 3, [0.2, 0.5]);
    }),
    trap('text field, cleared by its cross', (h) => h.tap('#name [part~="clear-button"]')),
    trap('text area, four clicks to place the cursor', (h) => h.tap('#note textarea', { times: 4, gap: 150, place: [0.2, 0.2] })),
    trap('number field, the native arrow six times', (h) => h.tap('#amount input', { times: 6, place: [0.985, 0.25], hover: true })),
    trap('password, shown and hidden four times', (h) => h.tap('#secret [part~="password-toggle-button"]', { times: 4 })),
    trap('slider, the same spot four times', (h) => h.tap('#limit input', { times: 4, place: [0.7, 0.5] })),
    trap('rating, the same star five times', (h) => h.tap('#stars', { times: 5, place: [0.5, 0.5] })),
    trap('switch, on and off six times', (h) => h.tap('#alerts [part~="control"]', { times: 6 })),
    trap('switch, by its label', (h) => h.tap('#alerts [part~="label"]', { times: 4 })),
    trap('checkbox, four times', (h) => h.tap('#agree [part~="control"]', { times: 4 })),
    trap('radio button, already chosen, four times', (h) => h.tap('sl-radio[value=card]', { times: 4 })),
    trap('select, opened and closed four times', (h) => h.tap('#city [part~="combobox"]', { times: 4, gap: 240 })),
    trap('tabs, all of them twice', async (h) => {
      for (const panel of ['two', 'three', 'one', 'two', 'three']) await h.tap(`sl-tab[panel=${panel}]`, { gap: 220 });
    }),
    trap('accordion, opened and closed four times', (h) => h.tap('#faq [part~="header"]', { times: 4, gap: 240 })),
    trap('tree, the same item four times', (h) => h.tap('#tree sl-tree-item', { times: 4, gap: 240, place: [0.05, 0.5] })),
    trap('tree, opened and closed by its arrow', (h) => h.tap('#tree [part~="expand-button"]', { times: 4, gap: 240 })),
    trap('menu, opened and closed four times', (h) => h.tap('#menu sl-button', { times: 4, gap: 240 })),
    trap('a button that counts, eight times', (h) => h.tap('#count', { times: 8, gap: 120 })),
    trap('a download, four times', (h) => h.tap('#file', { times: 4 })),
    trap('a disabled button, once', (h) => h.tap('#next')),
    trap('a paragraph, triple click, twice', async (h) => {
      await h.multi('#terms', 3, [0.2, 0.5]);
      await h.wait(100);
      await h.multi('#terms', 3, [0.2, 0.5]);
    }),
    trap('a paragraph, words selected by double clicks', async (h) => {
      for (const x of [0.1, 0.3, 0.5]) await h.multi('#terms', 2, [x, 0.5]);
    }),
    { name: 'a button without a handler, once', expect: ['dead_click'], act: (h) => h.tap('#dead\\.pay') },
    { name: 'a button without a handler, hammered', expect: ['dead_click', 'rage_click'], act: (h) => h.tap('#dead\\.save', { times: 6 }) },
  ],
  antd: [
    trap('number stepper, up six times', async (h) => {
      await h.hover('.ant-input-number');
      await h.tap('[aria-label="Increase Value"]', { times: 6 });
    }),
    trap('number stepper, down to its end and beyond', async (h) => {
      await h.hover('.ant-input-number');
      await h.tap('[aria-label="Decrease Value"]', { times: 6 });
    }),
    trap('date picker, eight months ahead', async (h) => {
      await h.tap('#date', { gap: 500 });
      await h.tap('.ant-picker-header-next-btn', { times: 8, gap: 160 });
    }),
    trap('date picker, five years back', async (h) => {
      await h.tap('#date', { gap: 500 });
      await h.tap('.ant-picker-header-super-prev-btn', { times: 5 });
    }),
    trap('date picker, a day is picked', async (h) => {
      await h.tap('#date', { gap: 500 });
      await h.tap('td[title$="-15"] .ant-picker-cell-inner', { gap: 400 });
    }),
    trap('date range, four days tried', async (h) => {
      await h.tap('#from', { gap: 500 });
      for (const day of ['10', '12', '11', '13']) await h.tap(`.ant-picker-panel td[title$="-${day}"] .ant-picker-cell-inner`, { gap: 300 });
    }),
    trap('carousel, next five times', (h) => h.tap('.slick-next', { times: 5 })),
    trap('carousel, its dots', async (h) => {
      for (const n of [2, 3, 4, 1]) await h.tap(`.slick-dots li:nth-child(${n}) button`, { gap: 260 });
    }),
    trap('pagination, next six times', (h) => h.tap('.ant-pagination-next', { times: 6 })),
    trap('pagination, the current page four times', (h) => h.tap('.ant-pagination-item-1', { times: 4 })),
    trap('pagination, back beyond the first page', (h) => h.tap('.ant-pagination-simple .ant-pagination-prev', { times: 5 })),
    trap('table, its pages', (h) => h.tap('.ant-table-wrapper .ant-pagination-next', { times: 5 })),
    trap('table, sorted four times', (h) => h.tap('.ant-table-column-has-sorters', { times: 4, gap: 230 })),
    trap('text field, four fast clicks', (h) => h.tap('#name', { times: 4, gap: 120 })),
    trap('text field, a triple click, twice', async (h) => {
      await h.multi('#name', 3, [0.1, 0.5]);
      await h.multi('#name', 3, [0.1, 0.5]);
    }),
    trap('text field, cleared by its cross', (h) => h.tap('.ant-input-clear-icon')),
    trap('password, shown and hidden four times', (h) => h.tap('.ant-input-password-icon', { times: 4 })),
    trap('text area, four clicks', (h) => h.tap('#note', { times: 4, gap: 150, place: [0.1, 0.3] })),
    trap('rating, the same star five times', (h) => h.tap('.ant-rate-star:nth-child(3)', { times: 5 })),
    trap('switch, six times', (h) => h.tap('#alerts', { times: 6 })),
    trap('checkbox, four times', (h) => h.tap('#agree', { times: 4 })),
    trap('slider, the same spot four times', (h) => h.tap('.ant-slider', { times: 4, place: [0.7, 0.5] })),
    trap('segmented, back and forth', async (h) => {
      for (const n of [2, 3, 1, 2, 3]) await h.tap(`.ant-segmented-item:nth-child(${n})`, { gap: 200 });
    }),
    trap('select, opened and closed four times', (h) => h.tap('.ant-select', { times: 4, gap: 240 })),
    trap('tabs, back and forth', async (h) => {
      for (const n of [2, 3, 1, 2]) await h.tap(`.ant-tabs-tab:nth-child(${n})`, { gap: 240 });
    }),
    trap('accordion, opened and closed four times', (h) => h.tap('.ant-collapse-header', { times: 4, gap: 240 })),
    trap('copy, twice', (h) => h.tap('.ant-typography-copy', { times: 2, gap: 400 })),
    trap('a file picker', (h) => h.tap('#photo')),
    trap('calendar, three days', async (h) => {
      for (const day of ['10', '12', '14']) await h.tap(`.ant-picker-calendar td[title$="-${day}"] .ant-picker-cell-inner`, { gap: 300 });
    }),
    trap('a disabled button, once', (h) => h.tap('#next')),
    { name: 'a button without a handler, once', expect: ['dead_click'], act: (h) => h.tap('[data-unstuck="dead.save"]') },
    { name: 'a button without a handler, hammered', expect: ['dead_click', 'rage_click'], act: (h) => h.tap('[data-unstuck="dead.pay"]', { times: 6 }) },
  ],
  vaadin: [
    trap('number stepper, plus six times', (h) => h.tap('#seats [part~="increase-button"]', { times: 6 })),
    trap('number stepper, minus beyond its end', (h) => h.tap('#seats [part~="decrease-button"]', { times: 6 })),
    trap('text field, four fast clicks', (h) => h.tap('#name input', { times: 4, gap: 120 })),
    trap('text field, a triple click', (h) => h.multi('#name input', 3, [0.2, 0.5])),
    trap('text field, cleared by its cross', (h) => h.tap('#name [part~="clear-button"]')),
    trap('date picker, opened and closed by its button', (h) => h.tap('#day [part~="toggle-button"]', { times: 4, gap: 500 })),
    trap('date picker, three days tried', async (h) => {
      for (const day of ['12', '14', '16']) {
        await h.tap('#day [part~="toggle-button"]', { gap: 700 });
        await h.tap(`vaadin-month-calendar:not([aria-hidden]) [part~="date"]:text-is("${day}")`, { gap: 500 });
      }
    }),
  ],
};
