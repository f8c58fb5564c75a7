// The radio's own page, where the stream is HLS: browsers that can't play it by themselves are given what they need.
import { tune } from "./sound.js";

for (const audio of document.querySelectorAll("audio[data-hls]")) {
  audio.addEventListener("play", async () => {
    audio.removeAttribute("src");
    await tune(audio, audio.dataset.hls, true, () => audio.pause());
    audio.play();
  }, { once: true });
}
