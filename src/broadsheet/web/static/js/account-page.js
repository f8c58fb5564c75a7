// A page of an account by itself: appearance, and what its fields do.
import { enhance } from "./account-fields.js";
import { offerSchemes } from "./schemes.js";

offerSchemes();
enhance(document);
