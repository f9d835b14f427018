"""Accounts: who they are and what they do here, as boxes to tick. Single rights are for superusers only."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from bookings.admin.closed_list import YES_OR_NO, ClosedList, is_number
from guides.admin.addresses import NoPatterns
from sendguide.lib.dates import date_and_time
from sendguide.staff.forms import AccountForm, NewAccountForm, NewPasswordForm, RolesField
from sendguide.staff.roles import may_look_after, roles_to_give

admin.site.unregister([User, Group])
WHO = ("username", "first_name", "last_name", "email")
# What decides over somebody's rights. Nobody changes these of themselves, neither up nor, by mistake, down.
POWER = ("groups", "is_active", "is_staff", "is_superuser", "user_permissions")


@admin.register(User)
class AccountAdmin(ClosedList, UserAdmin):
    form = AccountForm
    add_form = NewAccountForm
    change_password_form = NewPasswordForm
    list_display = ("username", "full_name", "roles", "is_active", "last_seen")
    list_filter = ("is_active", "groups")
    looked_up = {"is_active__exact": YES_OR_NO, "groups__id__exact": is_number, "groups__isnull": {"True"}}
    search_fields = ("username", "first_name__spelt", "last_name__spelt", "email")
    search_help_text = "Searches names and e-mail addresses."
    # Django's own says that there is more to come; here all is on one page.
    add_form_template = "admin/change_form.html"
    change_form_template = "admin/auth/user/change_form.html"
    filter_horizontal = ("user_permissions",)
    readonly_fields = ("new_password", "last_seen")
    # Each account is closed by itself; its name stays in the log.
    actions = None
    add_fieldsets = (
        (None, {"fields": WHO}),
        ("What they do here", {"fields": ("groups",)}),
        ("First password", {"fields": ("password1", "password2")}),
    )
    fieldsets = (
        (None, {"fields": (*WHO, "new_password")}),
        ("What they do here", {"fields": ("groups", "is_active", "last_seen")}),
    )
    single_rights = (
        "Single rights: for special cases",
        {"fields": ("is_staff", "is_superuser", "user_permissions"), "classes": ("collapse",)},
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets, self.single_rights] if obj and request.user.is_superuser else fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        is_own = obj is not None and obj.pk == request.user.pk
        return (*self.readonly_fields, *(POWER if is_own else ()))

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or may_look_after(request.user, account=obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Only accounts that never did anything: what they did would go with them. Others are closed."""
        if obj is None or obj.pk == request.user.pk or LogEntry.objects.filter(user=obj).exists():
            return False
        return super().has_delete_permission(request, obj) and may_look_after(request.user, account=obj)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        if db_field.name == "groups":
            return RolesField(roles_to_give(request.user), label="Roles", required=False)
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "is_active":
            field.label = "May log in"
            field.help_text = "Untick this when somebody leaves. Their name stays on what they did."
        if db_field.name == "username":
            field.label, field.help_text = "Name to log in with", "Letters, digits and @ . + - _ only."
        return field

    def user_change_password(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().user_change_password(request, *args, **kwargs)
        if isinstance(response, TemplateResponse) and response.context_data:
            response.context_data["title"] = f"A new password for {response.context_data['original']}"
        return response

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.is_staff = True
        super().save_model(request, obj, form, change)

    @admin.display(description="name", ordering="first_name")
    def full_name(self, account: User) -> str | None:
        return account.get_full_name() or None

    @admin.display(description="roles")
    def roles(self, account: User) -> str | None:
        everything = ["may do everything"] if account.is_superuser else []
        return ", ".join([*everything, *(role.name for role in account.groups.all())]) or None

    @admin.display(description="last logged in", ordering="last_login")
    def last_seen(self, account: User) -> str:
        return date_and_time(account.last_login) if account.last_login else "Not yet"

    @admin.display(description="password")
    def new_password(self, account: User) -> SafeString:
        address = reverse("admin:auth_user_password_change", args=[account.pk])
        return format_html('<a href="{}">Give this account a new password</a>', address)


@admin.register(Group)
class RoleAdmin(NoPatterns, GroupAdmin):
    """Whoever could change what a role may do could give themselves everything: for superusers only."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_view_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return request.user.is_superuser

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return request.user.is_superuser
