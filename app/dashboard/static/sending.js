// Shows that a form is on its way while it is sent and checked, and lets it be sent once only.
// The browser sends it: what is shown goes with the page that the answer replaces.

function start(form) {
  const shown = form.querySelector("[data-progress]");
  const told = shown.querySelector("[data-told]");
  shown.hidden = false;
  told.textContent = told.dataset.told;
}

function stop(form) {
  form.querySelector("[data-progress]").hidden = true;
  delete form.dataset.sent;
}

for (const form of document.querySelectorAll("form[data-sending]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    start(form);
  });
  // A page that a reader comes back to may be the one that was left, as it was.
  window.addEventListener("pageshow", () => stop(form));
}
