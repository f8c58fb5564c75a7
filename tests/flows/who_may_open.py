"""Who may open which address, and send to it: written down, not asked of the program."""

# In this order: a visitor; reader A, whose things they are; reader B; a blocked reader; an author who doesn't moderate; a
# moderator of another edition; a moderator; a chief.
ROLES = "VABXWOMC"
# What each gets: . there is no such page; L the page to log in; y it is answered; n refused in words; - not so asked;
# r either answered or refused, for what isn't another's anyway; k answered, and nothing is done.
LIBRARY = ("Lrrrrrrr", "Lrrrrrrr")  # one's own account's pages, of which the library's tests tell
ENTRANCE = ("rrrrrrrr", "rrrrrrrr")  # where nobody has anything yet, and links that a mail brought
MINE = ("Lyyyyyyy", "L-------")
CASE = ("L.....yy", "L...----")
PRESS = ("L...----", "L.....yy")
CHIEFS = ("L......y", "L...----")
ADDRESSES: dict[str, tuple[str, str]] = {
    "notices": ("Lyyyyyyy", "Lrrrrrrr"), "mail_standing": ("Lyyyyyyy", "Lrrrrrrr"), "unsubscribe": ENTRANCE, "login_link": ENTRANCE,
    "mailbox": ("........", "--------"), "mailbox_mail": ("........", "--------"), "mailbox_page": ("........", "--------"),
    "captcha_challenge": ENTRANCE, "me": ("rrrrrrrr", "--------"), "me_discussion": ("yyyyyyyy", "--------"),
    **dict.fromkeys(
        ("account_signup", "account_email_verification_sent", "account_confirm_email", "account_login", "account_logout",
         "account_inactive", "account_reset_password", "account_reset_password_done", "account_deleted",
         "account_reset_password_from_key", "account_reset_password_from_key_done", "account_restore",
         "mfa_authenticate", "mfa_login_webauthn", "social_confirm", "social_registration", "social_have_account",
         "social_new_account", "social_picture", "openid_connect_login", "openid_connect_callback", "facebook_login",
         "facebook_callback", "apple_login", "apple_callback", "apple_finish_callback", "telegram_login",
         "telegram_callback", "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
         "account_gate"), ENTRANCE),
    **dict.fromkeys(
        ("account_change_password", "account_set_password", "account_email", "reader_sessions", "account_profile",
         "account_picture", "account_my_data", "account_export", "account_delete", "mfa_index", "mfa_activate_totp",
         "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
         "mfa_list_webauthn", "mfa_add_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn",
         "socialaccount_connections"), LIBRARY),
    # Taking part. The comment that waits is A's; of everybody else's things there is no page.
    "comment_write": ("Lyyyyyyy", "Lyynyyyy"), "comment_write to a draft": ("........", "LNNNNNNN"),
    "comment_posted": ("Ly......", "--------"), "comment_edit": ("Ly......", "Ly......"),
    "comment_withdraw": ("Ly......", "Ly......"), "comment_ignore": ("Lyyyyyyy", "Lnyyyyyy"),
    "comment_ignore of one that waits": ("L.......", "L......."), "thread_follow": ("Lyyyyyyy", "Lyyyyyyy"),
    "thread_follow of a draft": ("L.......", "L......."), "my_discussions": ("Lyyyyyyy", "Lyyyyyyy"),
    "contact_form": ENTRANCE, "moderation_file": MINE, "statement": ("Ly......", "L-------"),
    "letter_write": ("yyyyyyyy", "yyyyyyyy"), "letter_confirm": ("nnnnnnnn", "nnnnnnnn"),
    "correction_write": ("yyyyyyyy", "rrrrrrrr"), "correction_write of a draft": ("........", "........"),
    "comment_report": ("yyyyyyyy", "kyykyyyy"), "comment_report of one that waits": ("........", "........"),
    "comment_report_retract": ("--------", "Lynnnnnn"),
    "comment_permalink": ("yyyyyyyy", "--------"), "comment_permalink of one that waits": ("........", "--------"),
    "thread_page": ("yyyyyyyy", "--------"), "thread_replies": ("yyyyyyyy", "--------"),
    "thread_replies of one that waits": ("........", "--------"),
    # The moderators' desk: a moderator of another edition finds nothing of this one's.
    "moderation_queue": ("L....yyy", "L...----"), "moderation_next": ("L...----", "L....yyy"),
    "moderation_settings": ("L...----", "L....yyy"), "moderation_search": ("L....yyy", "L...----"),
    "moderation_case": CASE, "moderation_case of a letter": CASE, "moderation_decide": PRESS,
    "moderation_decide of a letter": PRESS, "moderation_undo": ("L...----", "L.....rr"), "moderation_stay": PRESS, "moderation_open": PRESS,
    "moderation_account": ("L....yyy", "L...----"), "moderation_undo_decision": PRESS, "moderation_annul": ("L...----", "L.....nn"),
    "moderation_confirm": ("L...----", "L.....ny"), "moderation_quality": CHIEFS, "moderation_moderators": CHIEFS,
    "moderation_moderator": ("L......y", "L......y"), "notifications_queue": ("L...NNNN", "L...NNNN"),
    "moderation_pick": PRESS, "moderation_badge": ("L...----", "L......r"),
    # Modes and the roster are read by all who moderate, and written by chiefs; one discussion and shields by those in bounds.
    "moderation_modes": ("L....yyy", "L...----"), "moderation_roster": ("L....yyy", "L...----"),
    **dict.fromkeys(("moderation_rule_new", "moderation_duty_new"), ("L......y", "L......r")),
    **dict.fromkeys(("moderation_rule", "moderation_duty"), ("L.......", "L.......")),
    **dict.fromkeys(("moderation_rule_remove", "moderation_duty_remove"), ("L...----", "L......r")),
    "moderation_rule_back": ("L...----", "L......r"), "moderation_discussion": ("L.....yy", "L.....yy"),
    "moderation_shield": ("L...----", "L.....yy"), "moderation_shield_lift": ("L...----", "L......."),
    # What is public of the figures is so for everybody; what goes to authorities, for chiefs.
    **dict.fromkeys(("moderation_accountability", "moderation_statements", "moderation_report"), CHIEFS),
    # The standards are the chiefs'.
    **dict.fromkeys(("moderation_standards", "moderation_standards_versions"), CHIEFS),
    "moderation_standards_begin": ("L...----", "L......y"),
    **dict.fromkeys(
        [f"moderation_standards_{one}" for one in ("draft", "new", "file", "clause", "switch")], ("L......r", "L......r")
    ),
    **dict.fromkeys(
        [f"moderation_standards_{one}" for one in ("back", "looked", "discard", "remove", "learn", "try", "cancel")],
        ("L...----", "L......r"),
    ),
    "moderation_standards_shadow": ("L......r", "L......r"),
    **dict.fromkeys(("moderation_standards_trial", "moderation_standards_version"), ("L......r", "L...----")),
    # Push: anybody's own browser, told by a secret that it alone has; in the desk whoever may publish the article.
    "push": ("yyyyyyyy", "rrrrrrrr"), "push_dialog": ("yyyyyyyy", "--------"),
    **dict.fromkeys(("push_subscribe", "push_state", "push_change", "push_withdraw", "push_refuse"), ("--------", "nnnnnnnn")),
    "notifications_pushes": ("L...NNNy", "L...----"), "notifications_push_write": ("L...NNNy", "L...NNNr"),
    **dict.fromkeys(("notifications_push_confirm", "notifications_push_recall"), ("L...----", "L......N")),
    # Mail: anybody may ask for it, and whoever reads the mail decides by its links; an account's own are its owner's.
    "subscribe": ("yyyyyyyy", "yyyyyyyy"), "subscribe_confirm": ("nnnnnnnn", "nnnnnnnn"),
    "subscriptions": ("Lyyyyyyy", "Lyyyyyyy"), "subscriptions_by_link": ("........", "........"),
    # Newsletters: in the desk whoever may publish in all that they are about.
    **dict.fromkeys(("notifications_newsletters", "notifications_newsletter", "notifications_newsletter_preview"), ("L...NNNy", "L...----")),
    **dict.fromkeys(
        [f"notifications_newsletter_{one}" for one in ("new", "settings", "issue", "send")], ("L...NNNy", "L...NNNr")
    ),
    **dict.fromkeys([f"notifications_newsletter_{one}" for one in ("retire", "write", "change")], ("L...----", "L...NNNr")),
    # The newsroom's desk: who moderates comments has no business with articles, policies and roles.
    **dict.fromkeys(("newsroom_desk:checks", "newsroom_desk:translations"), ("L...NNNy", "L...----")),
    **dict.fromkeys(("newsroom_desk:mark", "newsroom_desk:links", "newsroom_desk:translations_change"), ("L...----", "L...NNNr")),
    "newsroom_desk:live": ("L...NNNy", "L...NNNr"), "newsroom_desk:live_edit": ("L...NNNr", "L...NNNr"), "newsroom_desk:live_change": ("L...----", "L...NNNr"),
    "newsroom_desk:crops": ("L...NNNr", "L...NNNr"), "newsroom_desk:notices": ("L...yyyy", "L...----"),
    "newsroom_desk:begin": ("L...rNNr", "L...----"),
    "newsroom_desk:people": ("L...NNNN", "L...----"), "newsroom_desk:confine": ("L...NNNN", "L...NNNN"),
    "newsroom_desk:policies": ("L...NNNy", "L...----"), "newsroom_desk:policy_begin": ("L...----", "L...NNNr"),
    "newsroom_desk:policy": ("L...NNNy", "L...NNNr"), "newsroom_desk:policy_preview": ("L...NNNy", "L...NNNr"),
    "newsroom_desk:policy_discard": ("L...----", "L...NNNy"), "newsroom_desk:correction_notes": ("L...yyyy", "L...----"),
    "newsroom_desk:correction_note": ("L...NNNy", "L...NNNr"), "newsroom_desk:here": ("L...yyyy", "L...----"),
    "newsroom_desk:radio_try": ("L...----", "L...NNNr"),
}  # fmt: skip
# Pages that are the same for everybody; what isn't public yet isn't there.
PUBLIC = {
    "assets", "front", "search", "lists", "standing", "contact", "policies", "article", "discussion", "section", "embed",
    "live", "newsletters", "pictures", "short_links", "accountability", "channel", "listen", "counting", "feeds", "for_machines", "health",
}  # fmt: skip
