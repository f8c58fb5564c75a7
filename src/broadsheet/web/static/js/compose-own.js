// What is a reader's own in a discussion: comments that wait, the links to edit and to ignore, and the form among them.
import { enhance, forget } from "./compose-form.js";

const WRITE = /\/accounts\/comment\/[0-9]+\/$/;

export function start(slot) {
  const section = slot.closest("[data-discussion]") ?? document.body;
  const words = slot.dataset;
  const status = slot.querySelector("[data-compose-status]");
  let me = {};
  let open = null; // the form: where it stands, and the link that opened it

  section.addEventListener("broadsheet:comments", () => decorateAll());
  section.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const plain = !(event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!link || !plain || !me.user_id || !WRITE.test(link.pathname)) return;
    event.preventDefault();
    event.stopPropagation(); // no dialog
    write(link);
  });

  async function ask() {
    try {
      const answer = await fetch(words.me, { headers: { Accept: "application/json" }, cache: "no-store" });
      if (answer.ok) me = await answer.json();
    } catch {
      return; // Offline: the page is as for visitors.
    }
    const held = me.held ?? [];
    for (const shown of section.querySelectorAll("[data-own][data-held]")) {
      const now = held.find((one) => String(one.id) === shown.dataset.comment);
      if (now) shown.replaceWith(indented(made(now.html), shown));
      else (shown.closest("[data-reply-list] > li") ?? shown).remove();
    }
    for (const comment of held) place(comment);
    const follow = slot.querySelector("[data-follow]");
    if (follow) follow.textContent = me.following ? words.followingWord : words.followWord;
    decorateAll();
  }

  // A comment that only its author sees, or that just came: below the one it answers where that is on the page, else
  // on top. Once others see it, the discussion puts its own in place of it.
  function place(comment) {
    if (document.getElementById(`comment-${comment.id}`)) return null;
    const fresh = made(comment.html);
    const strand = section.querySelector(`[data-strand="${comment.root}"]`);
    if (strand) {
      const replies = strand.querySelector("[data-reply-list]");
      fresh.classList.add("is-reply", "indent-1");
      fresh.dataset.indent = "1";
      if (replies) {
        const item = document.createElement("li");
        item.append(fresh);
        replies.append(item);
        for (let box = replies.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
      } else strand.querySelector("[data-comment]").after(fresh);
    } else slot.querySelector("[data-compose-own]").append(fresh);
    return fresh;
  }

  function decorateAll() {
    if (!me.user_id) return;
    for (const comment of section.querySelectorAll("[data-comment]")) decorate(comment);
  }

  function decorate(comment) {
    const { comment: id, author } = comment.dataset;
    const tools = [...comment.querySelectorAll("[data-comment-tools]")].find((one) => one.closest("[data-comment]") === comment);
    const own = author === me.user_id || me.own.includes(Number(id));
    if (tools && author && !comment.hasAttribute("data-own") && !("known" in tools.dataset)) {
      tools.dataset.known = "";
      if (own) tools.append(" ", tool(words.editWord, me.edit, id), " ", tool(words.withdrawWord, me.withdraw, id));
      else tools.append(" ", tool(words.ignoreWord, me.ignore, id));
    }
    if (!own) heed(comment, me.ignored.includes(author));
  }

  function tool(title, pattern, id) {
    const link = Object.assign(document.createElement("a"), { href: pattern.replace("{id}", id), textContent: title });
    link.dataset.dialog = "";
    return link;
  }

  // The comment of a reader who is ignored is one line; it can be looked at all the same.
  function heed(comment, ignored) {
    const line = comment.querySelector(":scope > .comment-ignored");
    if (ignored && !line) {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: words.showWord });
      const told = Object.assign(document.createElement("p"), { className: "comment-ignored" });
      told.append(`${words.ignoredWord} `, button);
      button.addEventListener("click", () => {
        comment.classList.remove("is-ignored");
        told.hidden = true;
        comment.tabIndex = -1;
        comment.focus();
      });
      comment.prepend(told);
      comment.classList.add("is-ignored");
    } else if (!ignored && line) {
      line.remove();
      comment.classList.remove("is-ignored");
    }
  }

  async function write(link) {
    if (open?.link === link) return open.box.querySelector("textarea")?.focus();
    const within = open?.box.contains(link); // the same form once more, with a quote
    const [answer] = await Promise.all([send(link.href), style()]);
    if (answer?.outcome === "login") return logIn(link.href);
    if (answer?.outcome !== "form") return location.assign(link.href);
    if (within) return show(answer.html);
    close();
    const box = Object.assign(document.createElement("div"), { className: "compose-inline account-main" });
    open = { box, link };
    const comment = link.closest("[data-comment]");
    if (comment) comment.after(box);
    else slot.querySelector("[data-compose-form-here]").append(box);
    show(answer.html);
    box.addEventListener("submit", post);
    box.addEventListener("keydown", (event) => event.key === "Escape" && close(true));
    return null;
  }

  function show(html) {
    open.box.innerHTML = html;
    const cancel = Object.assign(document.createElement("button"), {
      type: "button", className: "account-button is-quiet", textContent: words.cancelWord,
    });
    cancel.addEventListener("click", () => close(true));
    open.box.querySelector(".account-buttons")?.append(cancel);
    enhance(open.box);
    const told = open.box.querySelector("[data-errors], [data-focus]");
    (told ?? open.box.querySelector("textarea") ?? cancel).focus();
  }

  function close(back = false) {
    if (!open) return;
    open.box.remove();
    if (back) open.link.focus();
    open = null;
  }

  async function post(event) {
    event.preventDefault();
    const form = event.target;
    if (form.getAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    const fields = new URLSearchParams(new FormData(form, event.submitter));
    let answer = await send(form.action, fields);
    if (answer?.outcome === "stale") {
      // Another tab has logged in anew since: only the token of now counts.
      await ask();
      fields.set("csrfmiddlewaretoken", me.token ?? "");
      answer = await send(form.action, fields);
    }
    form.removeAttribute("aria-busy");
    if (answer?.outcome === "posted") posted(form, answer);
    else if (answer?.outcome === "form") show(answer.html);
    else if (answer?.outcome === "login") logIn(answer.path);
    else fault(form);
  }

  function posted(form, answer) {
    forget(form);
    close();
    const comment = place(answer) ?? document.getElementById(`comment-${answer.id}`);
    if (answer.note) comment.before(made(answer.note));
    status.textContent = answer.state === "held" ? words.heldWord : words.postedWord;
    section.dispatchEvent(new CustomEvent("broadsheet:posted", { detail: { id: answer.id, state: answer.state, root: answer.root } }));
    comment.tabIndex = -1;
    comment.focus();
  }

  function fault(form) {
    const line = form.querySelector(".compose-fault") ?? Object.assign(document.createElement("p"), { className: "account-errors compose-fault" });
    line.setAttribute("role", "alert");
    line.textContent = words.faultWord;
    form.prepend(line);
  }

  return ask;
}

function made(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content.firstElementChild;
}

// As deep as the one in whose place it comes.
function indented(fresh, before) {
  fresh.className = `${fresh.className} ${[...before.classList].filter((name) => /^(is-reply|indent-)/.test(name)).join(" ")}`;
  if (before.dataset.indent) fresh.dataset.indent = before.dataset.indent;
  return fresh;
}

// What the page says to a script; null where it can't be heard.
async function send(address, body) {
  try {
    const answer = await fetch(address, { method: body ? "POST" : "GET", body, headers: { Accept: "application/json" }, cache: "no-store" });
    if (answer.status === 403) return { outcome: "stale" };
    return answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : null;
  } catch {
    return null;
  }
}

function logIn(address) {
  return import("./dialog.js").then((module) => module.open(address)).catch(() => location.assign(address));
}

// The look of forms, which public pages don't carry.
function style() {
  const address = document.querySelector("[data-reader]")?.dataset.style;
  if (!address || document.querySelector(`link[href="${CSS.escape(address)}"]`)) return null;
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
  return new Promise((done) => {
    sheet.onload = sheet.onerror = done;
    document.head.append(sheet);
  });
}
