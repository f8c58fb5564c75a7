"""Addresses of accounts. The names are allauth's, which finds its pages by them."""

from allauth.account import views as account
from django.urls import include, path, re_path

from broadsheet.readers.views import entrance, leaving, profile, social
from broadsheet.readers.views import social_registration as registering
from broadsheet.readers.views.gate import gate
from broadsheet.readers.views.link import login_link
from broadsheet.readers.views.passkeys import remove_passkey
from broadsheet.readers.views.sessions import sessions

urlpatterns = [
    path("accounts/link/<str:token>/", login_link, name="login_link"),
    path("accounts/register/", entrance.register, name="account_signup"),
    path("accounts/challenge/", entrance.challenge, name="captcha_challenge"),
    path("accounts/confirm/sent/", account.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^accounts/confirm/(?P<key>[-:\w]{1,200})/$", entrance.confirm, name="account_confirm_email"),
    path("accounts/login/", account.login, name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    path("accounts/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("accounts/recover/", entrance.recover, name="account_reset_password"),
    path("accounts/recover/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^accounts/recover/(?P<uidb36>[0-9A-Za-z]{1,20})-(?P<key>[-0-9A-Za-z]{1,100})/$",
        entrance.new_password,
        name="account_reset_password_from_key",
    ),
    path("accounts/recover/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("accounts/password/change/", account.password_change, name="account_change_password"),
    path("accounts/password/set/", account.password_set, name="account_set_password"),
    path("accounts/email/", account.email, name="account_email"),
    path("accounts/sessions/", sessions, name="reader_sessions"),
    path("accounts/gate/", gate, name="account_gate"),
    path("accounts/profile/", profile.profile, name="account_profile"),
    path("accounts/profile/picture/", profile.picture, name="account_picture"),
    path("accounts/my-data/", profile.my_data, name="account_my_data"),
    path("accounts/my-data/export/", profile.export, name="account_export"),
    path("accounts/delete/", leaving.delete, name="account_delete"),
    path("accounts/deleted/", leaving.deleted, name="account_deleted"),
    path("accounts/restore/<str:token>/", leaving.restore, name="account_restore"),
    path("accounts/2fa/webauthn/keys/<int:pk>/remove/", remove_passkey, name="mfa_remove_webauthn"),
    path("accounts/2fa/", include("allauth.mfa.urls")),
]

_FACEBOOK, _APPLE, _TELEGRAM = ({"provider_id": each} for each in ("facebook", "apple", "telegram"))
urlpatterns += [
    path("accounts/social/", social.connections, name="socialaccount_connections"),
    path("accounts/social/confirm/", social.confirm, name="social_confirm"),
    path("accounts/social/registration/<str:key>/", registering.registration, name="social_registration"),
    path("accounts/social/registration/<str:key>/yes/", registering.have_account, name="social_have_account"),
    path("accounts/social/registration/<str:key>/no/", registering.new_account, name="social_new_account"),
    path("accounts/social/openid/<str:provider_id>/", social.start, name="openid_connect_login"),
    path("accounts/social/openid/<str:provider_id>/callback/", social.openid_answer, name="openid_connect_callback"),
    path("accounts/social/facebook/", social.start, _FACEBOOK, name="facebook_login"),
    path("accounts/social/facebook/callback/", social.facebook_answer, _FACEBOOK, name="facebook_callback"),
    path("accounts/social/apple/", social.start, _APPLE, name="apple_login"),
    path("accounts/social/apple/callback/", social.apple_answer, _APPLE, name="apple_callback"),
    path("accounts/social/apple/callback/finish/", social.apple_finish, _APPLE, name="apple_finish_callback"),
    path("accounts/social/telegram/", social.start, _TELEGRAM, name="telegram_login"),
    path("accounts/social/telegram/callback/", social.telegram_answer, _TELEGRAM, name="telegram_callback"),
]
