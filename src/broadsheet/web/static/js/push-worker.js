// Shows push notifications and opens what they lead to. It keeps nothing, and answers no request for pages.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("push", (event) => event.waitUntil(show(event.data)));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { navigate, settings } = event.notification.data ?? {};
  event.waitUntil(open(event.action === "settings" ? settings : navigate));
});
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event)));

// The same message that browsers of declarative web push read by themselves.
async function show(data) {
  let told = null;
  try {
    told = data?.json();
  } catch {
    // No message of ours.
  }
  const { title, navigate, data: more, ...options } = told?.notification ?? {};
  if (told?.web_push !== 8030 || !title) return;
  const before = options.tag ? await self.registration.getNotifications({ tag: options.tag }) : [];
  // A later push about the article is heard; the same one that came twice is not.
  const again = before.some((shown) => shown.data?.push === more?.push);
  await self.registration.showNotification(title, {
    ...options, renotify: before.length > 0 && !again, silent: again, data: { ...more, navigate },
  });
}

async function open(navigate) {
  const place = new URL(navigate ?? "/", self.location.origin);
  if (place.origin !== self.location.origin) return;
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((one) => new URL(one.url).pathname === place.pathname);
  if (there) await there.focus();
  else await self.clients.openWindow(place.href);
}

// The push service gave another address: the paper follows, with what was chosen before.
async function renew(event) {
  const old = event.oldSubscription;
  const options = event.newSubscription?.options ?? old?.options;
  if (!old || !options) return;
  const now = event.newSubscription ?? await self.registration.pushManager.subscribe(options);
  const key = btoa(String.fromCharCode(...new Uint8Array(options.applicationServerKey)))
    .replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  await fetch("/accounts/push/subscription/change/", {
    method: "POST", headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ old: old.endpoint, subscription: now, key }),
  });
}
