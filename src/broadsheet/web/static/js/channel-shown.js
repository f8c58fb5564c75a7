// A discussion elsewhere, within the article's page: as light or dark as that, and without the way back to it.
import { offerSchemes } from "./schemes.js";

offerSchemes();
document.documentElement.classList.toggle("is-within", window.frameElement !== null);
