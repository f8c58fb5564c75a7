// Gives an audio element the sound of a station: HLS by its own library, which is only loaded then; all else as it is.
export async function tune(audio, address, hls, lost) {
  if (!hls) {
    audio.src = address;
    return () => {
      audio.removeAttribute("src");
      audio.load();
    };
  }
  const { default: Hls } = await import("../hls/hls.light.min.mjs");
  if (!Hls.isSupported()) return tune(audio, address, false, lost);
  const player = new Hls({ enableWorker: false, lowLatencyMode: false });
  player.on(Hls.Events.ERROR, (_name, fault) => fault.fatal && lost());
  player.loadSource(address);
  player.attachMedia(audio);
  return () => player.destroy();
}
