// Asks the service what a goal means while it is entered; without it a button does.
const form = document.querySelector("[data-answers]");
const PARTS = ["summary", "meaning"];
const WAIT = 400; // Milliseconds without a change, after which a number is taken as entered.
const LONGEST = 40; // Longer texts are reasons and sources, which no figure depends on.
let waiting;
let asking;

function question() {
  const entered = [...new FormData(form)].filter(([, value]) => value.length <= LONGEST);
  return `${form.dataset.answers}?${new URLSearchParams(entered)}`;
}

async function ask() {
  asking?.abort();
  asking = new AbortController();
  try {
    const response = await fetch(question(), { signal: asking.signal, redirect: "error" });
    if (!response.ok) throw new Error(response.statusText);
    const answer = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const part of PARTS) {
      document.getElementById(part).replaceChildren(...answer.getElementById(part).childNodes);
    }
  } catch (error) {
    if (error.name !== "AbortError") {
      const told = "The answer could not be fetched. Press “Show what this means”.";
      document.getElementById("summary").replaceChildren(told);
      document.getElementById("meaning").replaceChildren();
    }
  }
}

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(ask, WAIT);
});
