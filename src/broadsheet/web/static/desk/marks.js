// Two buttons of the text editor: the mark of a legal notice, and words in another language.

(() => {
  const { createElement, useEffect } = window.React;
  const { EditorState, Modifier } = window.DraftJS;

  const apply = (props, data) => {
    const { editorState, entityType } = props;
    const content = editorState.getCurrentContent().createEntity(entityType.type, "MUTABLE", data);
    const marked = Modifier.applyEntity(content, editorState.getSelection(), content.getLastCreatedEntityKey());
    props.onComplete(EditorState.push(editorState, marked, "apply-entity"));
  };

  const dialog = (props, fill) => {
    const box = document.createElement("dialog");
    box.className = "desk-picker";
    const close = () => {
      box.close();
      box.remove();
    };
    box.addEventListener("cancel", () => {
      box.remove();
      props.onClose();
    });
    document.body.append(box);
    fill(box, (data) => {
      close();
      apply(props, data);
    });
    box.showModal();
  };

  const button = (words, pressed) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button button-secondary";
    made.textContent = words;
    made.addEventListener("click", pressed);
    return made;
  };

  const NoticeSource = (props) => {
    useEffect(() => {
      const source = document.getElementById("desk-checks")?.dataset.notices;
      const heading = props.entityType.description;
      if (props.editorState.getSelection().isCollapsed() || !source) {
        props.onClose();
        return;
      }
      fetch(source)
        .then((answer) => answer.json())
        .then(({ notices }) =>
          dialog(props, (box, choose) => {
            const title = document.createElement("h2");
            title.textContent = heading;
            box.append(title);
            for (const notice of notices) {
              box.append(button([notice.name, ...notice.aliases].join(" · "), () => choose({ key: notice.key })));
            }
          }),
        );
    }, []);
    return null;
  };

  const LanguageSource = (props) => {
    useEffect(() => {
      if (props.editorState.getSelection().isCollapsed()) {
        props.onClose();
        return;
      }
      dialog(props, (box, choose) => {
        const label = document.createElement("label");
        const input = document.createElement("input");
        label.textContent = `${props.entityType.description} (en, fr, ar …) `;
        input.pattern = "[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*";
        input.maxLength = 20;
        label.append(input);
        box.append(label, button("OK", () => input.value && input.checkValidity() && choose({ lang: input.value })));
      });
    }, []);
    return null;
  };

  const shown = (name, attribute) => (props) => {
    const data = props.contentState.getEntity(props.entityKey).getData();
    const attributes = { className: name, title: data[attribute] };
    if (attribute === "lang") attributes.lang = data.lang;
    return createElement("span", attributes, props.children);
  };

  window.draftail.registerPlugin(
    { type: "NOTICE", source: NoticeSource, decorator: shown("desk-notice", "key") },
    "entityTypes",
  );
  window.draftail.registerPlugin(
    { type: "LANGUAGE", source: LanguageSource, decorator: shown("desk-language", "lang") },
    "entityTypes",
  );
})();
