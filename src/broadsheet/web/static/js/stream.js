// The one live stream of an article's page: posts of a live blog and comments come by it.
let source = null;
let last = 0; // the newest number that was told
const AGAIN = 60000;

// Returns the stream; `tell(on)` is called whenever it begins to run or breaks off.
export function join(number, tell) {
  const listeners = [];
  const member = {
    on(name, hear) {
      listeners.push([name, hear]);
      source?.addEventListener(name, hear);
    },
    leave() {
      for (const [name, hear] of listeners) source?.removeEventListener(name, hear);
      listeners.length = 0;
      members.delete(member);
      if (!members.size) close();
    },
    listeners,
    tell,
  };
  members.add(member);
  if (!source) open(number);
  else if (source.readyState === EventSource.OPEN) tell(true);
  return member;
}

const members = new Set();
let again = () => {};

function open(number) {
  source = new EventSource(`/live/${number}/stream${last ? `?after=${last}` : ""}`);
  const note = (event) => {
    last = Math.max(last, JSON.parse(event.data).number ?? 0);
  };
  for (const name of ["ready", "post", "comment", "comments"]) source.addEventListener(name, note);
  again = () => open(number);
  for (const member of members) for (const [name, hear] of member.listeners) source.addEventListener(name, hear);
  source.onopen = () => members.forEach((member) => member.tell(true));
  source.onerror = () => {
    members.forEach((member) => member.tell(false));
    if (source?.readyState !== EventSource.CLOSED) return;
    close();
    setTimeout(() => members.size && !source && again(), AGAIN); // refused: too many readers, perhaps
  };
}

function close() {
  source?.close();
  source = null;
}

addEventListener("pagehide", close);
addEventListener("pageshow", (event) => event.persisted && members.size && !source && again());
