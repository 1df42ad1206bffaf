// Before anything is painted, so that no page flashes in the other colours.
(function () {
    var kept = null;
    try {
        kept = localStorage.getItem('theme');
    } catch (refused) {
        /* a browser that keeps nothing follows the system */
    }
    if (kept === 'light' || kept === 'dark') document.documentElement.dataset.theme = kept;
})();
