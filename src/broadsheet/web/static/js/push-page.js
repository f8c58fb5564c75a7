// The page of push notifications: what this browser gets, and ending it.
import { current, send, subscribe, supported, withdraw } from "./push.js";

for (const box of document.querySelectorAll("[data-push]")) begin(box);

async function begin(box) {
  const part = (name) => box.querySelector(`[data-push-${name}]`);
  const form = part("form");
  const say = (text) => { part("said").textContent = text; };
  const told = () => JSON.parse(box.dataset.push);
  if (!supported) return void (part("unsupported").hidden = false);
  let subscription = await current();
  let state = subscription ? await send("subscription/state/", { endpoint: subscription.endpoint }).catch(() => ({})) : {};
  const wanted = new Set(JSON.parse(box.dataset.wanted));
  if (state.subscribed) {
    const has = new Set(state.topics.map((topic) => topic.word));
    for (const topic of state.topics) if (!field(topic.word)) add(topic);
    for (const each of form.elements.topic) each.checked = has.has(each.value) || wanted.has(each.value);
    if (state.quiet) [form.elements.from.value, form.elements.to.value] = state.quiet;
    form.elements.quiet.checked = Boolean(state.quiet);
  }
  draw();
  form.hidden = false;

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const topics = [...form.elements.topic].filter((each) => each.checked).map((each) => each.value);
    const quiet = form.elements.quiet.checked ? [form.elements.from.value, form.elements.to.value] : null;
    await attempt(async () => {
      const found = await subscribe({ key: told().key, topics, quiet, way: "page" });
      if (found === "denied") return say(told().denied);
      state = found;
      say(told().saved);
    });
  });
  part("withdraw").addEventListener("click", () => attempt(async () => {
    await withdraw();
    state = {};
    say(told().withdrawn);
  }));
  form.elements.quiet.addEventListener("change", draw);

  async function attempt(work) {
    box.setAttribute("aria-busy", "true");
    say("");
    try {
      await work();
    } catch (error) {
      say(error.name === "Error" ? error.message : told().failed);
    }
    box.removeAttribute("aria-busy");
    draw();
  }

  function draw() {
    part("withdraw").hidden = !state.subscribed;
    part("on").hidden = !state.subscribed;
    part("save").textContent = state.subscribed ? told().save : told().get;
    part("hours").hidden = !form.elements.quiet.checked;
    part("denied").hidden = Notification.permission !== "denied";
  }

  function field(word) {
    return [...form.elements.topic].find((each) => each.value === word);
  }

  function add(topic) {
    const last = [...form.querySelectorAll("[data-push-topic]")].pop();
    const copy = last.cloneNode(true);
    copy.querySelector("input").value = topic.word;
    copy.querySelector("span").textContent = topic.name;
    last.after(copy);
  }
}
