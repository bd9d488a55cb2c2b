// Enhances what works without it.
import { initAll } from "./nhsuk/nhsuk.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();
