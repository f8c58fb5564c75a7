"""Django's settings, computed from the environment (`config/env.py`)."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from csp.constants import NONCE, NONE, SELF
from django.conf import global_settings

from broadsheet.config.env import Environment, testing
from broadsheet.config.login_providers import login_apps
from broadsheet.readers.conf import LINK_HOURS

# Read by numpy as it loads: several comments are judged at once, none of them by several threads that wait busily.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ENV = Environment()
DATA = ENV.data
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = ENV.secret_key()
DEBUG = ENV.switch("BROADSHEET_DEBUG")
PUBLIC_URL = ENV.url()
PICTURE_URL = ENV.picture_url()
SECURE = PUBLIC_URL.startswith("https:")
ALLOWED_HOSTS = [*ENV.hosts(), *(["testserver"] if testing() else [])]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]


INSTALLED_APPS = [
    "broadsheet.kernel",
    "broadsheet.newsroom",
    "broadsheet.readers",
    "broadsheet.discussion",
    "broadsheet.moderation",
    "broadsheet.search",
    "broadsheet.notifications",
    "broadsheet.delivery",
    "broadsheet.importing",
    "broadsheet.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.facebook",
    "allauth.socialaccount.providers.apple",
    "allauth.socialaccount.providers.telegram",
    "allauth.socialaccount.providers.openid_connect",
    "wagtail.contrib.forms",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
]

# The public half runs without sessions: stored pages are the same bytes for everybody (`readers.middleware`).
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "broadsheet.readers.middleware.SecureCookies",
    "broadsheet.readers.middleware.EditionOfAccounts",
    "broadsheet.readers.middleware.Sessions",
    "broadsheet.readers.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "broadsheet.readers.middleware.Csrf",
    "broadsheet.readers.middleware.Authentication",
    "broadsheet.web.middleware.Readers",
    "broadsheet.readers.middleware.KeptSessions",
    "broadsheet.readers.middleware.Messages",
    "broadsheet.readers.middleware.Frames",
    "allauth.account.middleware.AccountMiddleware",
    "broadsheet.readers.middleware.DeskDoor",
    "broadsheet.readers.middleware.DeskPolicy",
    "broadsheet.readers.middleware.Htmx",
]
PERSONAL_PREFIXES = ("/editor/", "/accounts/", "/me/", "/mailbox/")

ROOT_URLCONF = "broadsheet.config.urls"
WSGI_APPLICATION = "broadsheet.config.wsgi.application"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [DATA / "theme" / "templates"],  # the paper's own are found as those of the app `web`
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {"default": ENV.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_REDIS = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": ENV.text("BROADSHEET_REDIS")}
_MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
CACHES = {
    "default": _REDIS if _REDIS["LOCATION"] else {**_MEMORY, "LOCATION": "broadsheet"},
    # Pictures of identities that wait for a Yes or No: some 10 kB each, for minutes (`readers.engines.pending`).
    "pictures": {**_REDIS, "KEY_PREFIX": "pictures"}
    if _REDIS["LOCATION"]
    else {**_MEMORY, "LOCATION": "pictures", "OPTIONS": {"MAX_ENTRIES": 200}},
    "renditions": {**_MEMORY, "LOCATION": "renditions"},
}

AUTH_USER_MODEL = "readers.Reader"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "broadsheet.readers.engines.hashing.Argon2id",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "display_name")},
    },
    # NIST SP 800-63B-4: 15 characters where the password stands alone, no rules of composition.
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "broadsheet.readers.adapters.passwords.NotOfThisPaper"},
    {"NAME": "broadsheet.readers.adapters.passwords.NoPattern"},
]
PASSWORD_RESET_TIMEOUT = LINK_HOURS * 3600
ACCOUNT_ADAPTER = "broadsheet.readers.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3  # as the mail and the privacy policy say
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# Ours replace these (`kernel.rates`): they are in the database, seen by every process, and keep no address.
ACCOUNT_RATE_LIMITS = dict.fromkeys(("login", "login_failed", "signup", "reset_password", "confirm_email"))
_FORMS = "broadsheet.readers.forms"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.entrance.LoginForm",
    "signup": f"{_FORMS}.entrance.RegisterForm",
    "reset_password": f"{_FORMS}.entrance.RecoverForm",
    "reset_password_from_key": f"{_FORMS}.passwords.NewPasswordForm",
    "change_password": f"{_FORMS}.passwords.ChangePasswordForm",
    "set_password": f"{_FORMS}.passwords.SetPasswordForm",
    "reauthenticate": f"{_FORMS}.passwords.ReauthenticateForm",
    "add_email": f"{_FORMS}.passwords.ChangeEmailForm",
}
MFA_ADAPTER = "broadsheet.readers.adapters.FactorAdapter"
MFA_FORMS = {
    "authenticate": f"{_FORMS}.factors.AuthenticateForm",
    "reauthenticate": f"{_FORMS}.factors.ReauthenticateCodeForm",
}
MFA_RECOVERY_CODES_SHOW_ONCE = True
CSRF_FAILURE_VIEW = "broadsheet.readers.views.entrance.forged"
SOCIALACCOUNT_ADAPTER = "broadsheet.readers.adapters.social.SocialAccountAdapter"
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {
    # Google is one more OpenID Connect provider; ours checks nonce, signature and issuer as well.
    "openid_connect": {"provider_class": "broadsheet.readers.adapters.openid.OpenID"},
    "facebook": {
        "provider_class": "broadsheet.readers.adapters.other_providers.Facebook",
        "OAUTH_PKCE_ENABLED": True,
        "FIELDS": ["id", "name", "email", "picture"],
    },
    "apple": {"provider_class": "broadsheet.readers.adapters.other_providers.Apple"},
}
for _kind, _entry in login_apps(ENV).items():
    SOCIALACCOUNT_PROVIDERS.setdefault(_kind, {}).update(_entry)
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5  # seconds that a reader waits for a provider that is down
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
SESSION_COOKIE_AGE = 14 * 86_400  # without a visit; how long at most, says `readers.conf`
SESSION_SAVE_EVERY_REQUEST = False
LOGIN_URL = "account_login"  # by its name: in the edition whose page is asked for
LOGIN_REDIRECT_URL = "/editor/"
# Under https each cookie is this host's alone: no other host of the domain can set or read it (ASVS 3.3.1, 3.3.3).
COOKIE_PREFIX = "__Host-" if SECURE else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}broadsheet_session"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview frames the page in the desk

# Wagtail writes inline scripts and styles of its own: the desk's policy carries a nonce per answer. Public pages
# have one static policy without nonces, set where they are rendered (`delivery`).
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, "'unsafe-inline'"],
        "img-src": [SELF, "data:", "blob:", *([PICTURE_URL] if PICTURE_URL else [])],
        "media-src": [SELF, "blob:"],
        "font-src": [SELF, "data:"],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "worker-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = global_settings.LANGUAGES
# A new edition needs a catalogue, shipped or laid into <data>/locale, and settings in the desk; no code.
FORMAT_MODULE_PATH = ["broadsheet.config.formats"]
LOCALE_PATHS = [DATA / "locale", PACKAGE / "web" / "locale"]
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or testing()
        else "broadsheet.config.staticfiles.HashedFiles"
    },
}
MEDIA_ROOT = DATA / "media"
MEDIA_URL = "/media/"
PAGE_STORE = DATA / "pages"

WAGTAIL_SITE_NAME = "Broadsheet"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAILIMAGES_IMAGE_MODEL = "newsroom.Picture"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 40 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "broadsheet.newsroom.forms.pictures.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif"]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_USAGE_COUNT_ENABLED = True
# Zones of the machine's own, which no browser knows, are not offered to people.
WAGTAIL_USER_TIME_ZONES = sorted(available_timezones() - {"localtime", "Factory", "posixrules"})
WAGTAIL_MODERATION_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False  # there is one way back into an account, with the second factor behind it
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 100
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # nothing is fetched from third parties
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024

HARSH_CASES_A_DAY = max(0, ENV.number("BROADSHEET_HARSH_CASES"))
COMMENT_LENGTH = max(1, ENV.number("BROADSHEET_COMMENT_LENGTH"))
DSA_ROLE = ENV.text("BROADSHEET_DSA_ROLE")
ERASED_COMMENTS = ENV.text("BROADSHEET_ERASED_COMMENTS")
JUDGE_MODEL = True  # without it comments are judged by rules and lists alone
JUDGE_SECONDS = 3.0  # that an author waits for the judge; a comment that takes longer waits for a person
JUDGE_THREADS = min(4, os.cpu_count() or 2)  # comments that are judged at the same time by one process

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

for _name, _value in ENV.mail().items():
    globals()[_name] = _value
MAIL_SERVER = ENV.mail_server()
LETTERS_IMAP = ENV.text("BROADSHEET_LETTERS_IMAP")
DKIM_SELECTOR = ENV.text("BROADSHEET_DKIM_SELECTOR")
DNS = ENV.text("BROADSHEET_DNS")
MAIL_BOUNCES = ENV.text("BROADSHEET_MAIL_BOUNCES")
REPORTS_IMAP = ENV.text("BROADSHEET_MAIL_BOUNCES_IMAP") or LETTERS_IMAP
MAIL_KEPT = ENV.switch("BROADSHEET_MAIL_KEPT")
PUSH_KEYS = ENV.push_keys()
PUSH_CONFIRM = max(0, ENV.number("BROADSHEET_PUSH_CONFIRM"))
NEWSLETTER_CONFIRM = max(0, ENV.number("BROADSHEET_NEWSLETTER_CONFIRM"))
PUSH_LOCAL = ENV.switch("BROADSHEET_PUSH_LOCAL")
WORK = ENV.switch("BROADSHEET_WORK")
SITE_HOST = urlsplit(PUBLIC_URL).hostname or "localhost"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "broadsheet.kernel.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "broadsheet": {"level": ENV.log_level(), "handlers": ["stderr"], "propagate": False},
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
SILENCED_SYSTEM_CHECKS = ["wagtailadmin.W003"]

# The desk's preview is drawn by the public face, which stands above the newsroom.
PREVIEW_RENDERER = "broadsheet.web.views.preview.render_preview"
