'use strict';
// The filters, and printing in older browsers: everything else on the page works without script.
for (const box of document.querySelectorAll('.filter')) {
    const items = [...document.getElementById(box.dataset.for).querySelectorAll('.item')];
    const words = box.querySelector('input[type=search]');
    const only = box.querySelector('input[type=checkbox]');
    const told = box.querySelector('output');
    const apply = () => {
        const wanted = words.value.trim().toLowerCase().split(/\s+/);
        let shown = 0;
        for (const item of items) {
            const name = item.dataset.name.toLowerCase();
            const hit = wanted.every(word => name.includes(word));
            item.hidden = !hit || (only !== null && only.checked && !item.classList.contains('problem'));
            shown += item.hidden ? 0 : 1;
        }
        const whole = items.length.toLocaleString('en');
        told.textContent = (shown === items.length ? whole : `${shown.toLocaleString('en')} of ${whole}`) + ` ${box.dataset.what}`;
    };
    box.hidden = false;
    words.addEventListener('input', apply);
    only?.addEventListener('change', apply);
    apply();
}
// Where the style sheet cannot open what matters for printing, this does.
const opened = new Set();
addEventListener('beforeprint', () => {
    for (const details of document.querySelectorAll('details.matters:not([open])')) {
        details.open = true;
        opened.add(details);
    }
});
addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
    opened.clear();
});
