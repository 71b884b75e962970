// The learner's page while htmx runs: no message twice, reading goes on at the right place, and help when we are not
// reached. Without this file the page works by plain forms and links.
(() => {
  "use strict";

  const log = () => document.getElementById("log");
  const shown = (entry) => log().querySelector(`[data-entry="${entry}"]`);
  const isSent = (detail) => detail.ctx?.request?.method === "POST";
  const gone = new Set(); // messages that others have replaced
  let wasAtEnd = true;

  // The answer to a press and the live stream may bring the same message, or the choices of an earlier moment.
  document.addEventListener("htmx:before:swap", ({ detail }) => {
    wasAtEnd = (log().lastElementChild?.getBoundingClientRect().top ?? 0) < window.innerHeight;
    const seen = Number(document.getElementById("choices").dataset.seen);
    for (const task of detail.tasks) {
      if (task.target?.dataset?.entry) continue; // a message that reads differently now takes its own place
      for (const bubble of task.fragment.querySelectorAll("[data-entry]")) {
        if (gone.has(bubble.dataset.entry) || shown(bubble.dataset.entry)) bubble.remove();
        for (const id of bubble.dataset.replaces?.split(" ") ?? []) {
          gone.add(id);
          shown(id)?.remove();
        }
      }
      const choices = task.fragment.querySelector("#choices");
      if (choices && Number(choices.dataset.seen) < seen) task.swapSpec = { style: "none" };
    }
  });

  document.addEventListener("htmx:after:swap", ({ detail }) => {
    if (detail.ctx.response?.status >= 400) return;
    document.getElementById("trouble").hidden = true;
    if (isSent(detail)) readOn();
    else keepInSight();
  });

  // After a press or a sent text: to the first answer. The focus was on a button that is gone now.
  function readOn() {
    const first = [...log().querySelectorAll("[data-newest]")].pop();
    first?.focus({ preventScroll: true });
    first?.scrollIntoView({ block: "start" });
  }

  // A message came by itself: never take a person away from what they write or read.
  function keepInSight() {
    const active = document.activeElement;
    if (active?.matches("textarea")) active.form.scrollIntoView({ block: "nearest" });
    else if (wasAtEnd) log().lastElementChild?.scrollIntoView({ block: "nearest" });
  }

  for (const name of ["htmx:error", "htmx:response:error"]) {
    document.addEventListener(name, ({ detail }) => {
      if (!isSent(detail)) return;
      const trouble = document.getElementById("trouble");
      trouble.hidden = false;
      trouble.scrollIntoView({ block: "nearest" });
    });
  }

  if (!location.hash) document.getElementById("newest")?.scrollIntoView({ block: "start" });
})();
