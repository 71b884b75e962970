// While htmx runs: reading goes on at the newest message of both phones, and help is shown when we are not reached.
// Without this file the page works by plain forms, and is loaded anew by hand.
(() => {
  "use strict";

  const isSent = (detail) => detail.ctx?.request?.method === "POST";

  // As on a real phone: on the web to the beginning of what is new, on Telegram to the end.
  function readOn() {
    for (const screen of document.querySelectorAll(".screen")) {
      const newest = [...screen.querySelectorAll("[data-newest]")].pop();
      screen.scrollTop = newest ? newest.offsetTop - 16 : screen.scrollHeight;
    }
  }

  document.addEventListener("htmx:after:swap", ({ detail }) => {
    if (detail.ctx.response?.status >= 400) return;
    const trouble = document.getElementById("trouble");
    if (trouble) trouble.hidden = true;
    if (!isSent(detail)) return;
    const form = detail.ctx.sourceElement.closest("form");
    if (form?.matches("#composer, .write")) form.reset();
    readOn();
  });

  // What a person has opened stays open when the page comes anew.
  document.addEventListener("htmx:before:morph:attr", (event) => {
    if (event.detail.attrName === "open") event.preventDefault();
  });

  for (const name of ["htmx:error", "htmx:response:error"]) {
    document.addEventListener(name, ({ detail }) => {
      const trouble = document.getElementById("trouble");
      if (isSent(detail) && trouble) trouble.hidden = false;
    });
  }

  readOn();
})();
