// The radio's own page: the bar plays, as it goes on when the page changes; the page's own player is for browsers
// without scripts. Beside the bar there is nothing to press.
const beside = window.frameElement?.matches("[data-radio-page]");
for (const audio of document.querySelectorAll("[data-own-player]")) audio.remove();
for (const key of document.querySelectorAll("[data-bar-player]")) key.hidden = Boolean(beside);
