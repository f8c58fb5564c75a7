// The radio's bar: plays, says what is on, and goes on by itself after the stream broke off.
import { offerSchemes } from "./schemes.js";
import { tune } from "./sound.js";

const SHORTEST = 1000;
const LONGEST = 30000;
const STUCK = 12000; // without sound for so long, the connection is made anew
const bar = document.querySelector("[data-bar]");
const audio = bar.querySelector("[data-audio]");
const keys = Object.fromEntries(["play", "mute", "close"].map((name) => [name, bar.querySelector(`[data-${name}-key]`)]));
const volume = bar.querySelector("[data-volume]");
const frame = window.frameElement;
let wanted = false;
let wait = SHORTEST;
let again = 0;
let stuck = 0;
let drop = null;
let try_ = 0;

offerSchemes();
if (!frame) keys.close.hidden = true;
for (const name of ["play", "mute", "close"]) keys[name].addEventListener("click", { play: toggle, mute, close }[name]);
volume.addEventListener("input", () => {
  audio.muted = false;
  audio.volume = Number(volume.value) / 100;
});
audio.addEventListener("volumechange", loudness);
audio.addEventListener("playing", () => {
  wait = SHORTEST;
  clearTimeout(stuck);
  tell("plays");
});
audio.addEventListener("waiting", () => watch());
audio.addEventListener("error", () => audio.hasAttribute("src") && lost());
audio.addEventListener("ended", () => lost());
audio.addEventListener("pause", () => audio.ended || audio.error || (wanted && !again && audio.currentTime > 0 && stop()));
addEventListener("online", () => wanted && again && start());
bar.querySelector("[data-programme]").addEventListener("click", (event) => {
  if (!frame || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  frame.dispatchEvent(new CustomEvent("broadsheet:turn", { detail: event.currentTarget.href }));
});
media();
whatIsOn();
keys.play.focus();
// Sound from here starts at once, as the reader pressed "Listen live"; from elsewhere only once its host was named.
if (bar.dataset.host) tell("press");
else start();

function toggle() {
  if (wanted) stop();
  else start();
}

async function start() {
  wanted = true;
  bar.querySelector("[data-from]")?.remove();
  const mine = ++try_;
  clearTimeout(again);
  again = 0;
  drop?.();
  drop = null;
  tell(wait === SHORTEST ? "waits" : "broken");
  watch();
  try {
    const made = await tune(audio, bar.dataset.sound, bar.dataset.hls !== undefined, lost);
    if (mine !== try_) return made();
    drop = made;
    await audio.play();
  } catch (fault) {
    if (mine !== try_) return;
    if (fault.name === "NotAllowedError") {
      stop();
      tell("press");
    } else lost();
  }
}

function stop() {
  wanted = false;
  try_ += 1;
  clearTimeout(again);
  clearTimeout(stuck);
  again = 0;
  audio.pause();
  drop?.();
  drop = null;
  tell("paused");
}

function lost() {
  if (!wanted || again) return;
  clearTimeout(stuck);
  tell(navigator.onLine ? "broken" : "offline");
  again = setTimeout(start, wait * (0.75 + Math.random() / 2));
  wait = Math.min(wait * 2, LONGEST);
}

function watch() {
  clearTimeout(stuck);
  stuck = setTimeout(lost, STUCK);
}

function close() {
  stop();
  frame.dispatchEvent(new Event("broadsheet:close"));
}

function mute() {
  audio.muted = !audio.muted;
}

function loudness() {
  const silent = audio.muted || audio.volume === 0;
  bar.classList.toggle("is-muted", silent);
  keys.mute.setAttribute("aria-label", silent ? bar.dataset.unmute : bar.dataset.mute);
  if (!audio.muted) volume.value = String(Math.round(audio.volume * 100));
}

function tell(state) {
  const told = bar.querySelector("[data-state]");
  if (told.textContent !== bar.dataset[state]) told.textContent = bar.dataset[state];
  bar.dataset.at = state;
  bar.classList.toggle("is-on", wanted);
  keys.play.setAttribute("aria-label", wanted ? bar.dataset.pause : bar.dataset.play);
  if ("mediaSession" in navigator) navigator.mediaSession.playbackState = wanted ? "playing" : "paused";
}

function media(now = null) {
  if (!("mediaSession" in navigator)) return;
  const { station, paper } = bar.dataset;
  navigator.mediaSession.metadata = new MediaMetadata({ title: now?.title ?? station, artist: now?.host || station, album: paper });
  navigator.mediaSession.setActionHandler("play", start);
  for (const name of ["pause", "stop"]) navigator.mediaSession.setActionHandler(name, stop);
}

async function whatIsOn() {
  let seconds = 60;
  try {
    const answer = await fetch(bar.dataset.now, { credentials: "omit" });
    const told = await answer.json();
    seconds = told.seconds;
    const what = bar.querySelector("[data-what]");
    const words = told.now ? [told.now.title, told.now.host].filter(Boolean).join(" · ") : "";
    if (what.textContent !== words) what.textContent = words;
    const coming = bar.querySelector("[data-coming]");
    coming.textContent = told.next ? coming.dataset.words.replace("{time}", told.next.at).replace("{title}", told.next.title) : "";
    media(told.now);
  } catch {
    // Offline: what was on is shown until it can be asked again.
  }
  setTimeout(whatIsOn, seconds * 1000 + Math.random() * 500);
}
