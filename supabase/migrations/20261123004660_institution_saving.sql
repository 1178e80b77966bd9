-- Saving the settings of the institution and its rest days: one administrator after the other, each change recorded.

-- The institution, locked, for an administrator who saw this version. No row: version 0.
create function app.lock_institution(p_expected_version int) returns app.institution
language plpgsql volatile set search_path = '' as $$
declare
  v_institution app.institution;
begin
  perform app.admit_admin();
  perform pg_advisory_xact_lock(hashtextextended('app.institution', 0));
  select * into v_institution from app.institution;
  if p_expected_version is distinct from coalesce(v_institution.version, 0) then perform app.refuse('conflict', null, 409); end if;
  return v_institution;
end $$;

-- Records the settings that differ. Answers whether any does.
create function app.record_institution_event(p_version int, p_before jsonb, p_after jsonb) returns boolean
language plpgsql volatile set search_path = '' as $$
declare
  v_changes jsonb := (select jsonb_object_agg(a.key, jsonb_build_array(p_before -> a.key, a.value))
    from jsonb_each(p_after) a where a.value is distinct from p_before -> a.key);
begin
  if v_changes is null then return false; end if;
  insert into app.institution_events (actor_id, version, changes) values (auth.uid(), p_version, v_changes);
  return true;
end $$;

create function app.write_institution(p_data jsonb) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.institution as i (name, short_name, accent, contact, transparency_unit, mail_from, help_text, grace_hours,
    storage_gb, silence_from, silence_until, require_aal2, session_idle_hours, session_max_days, keep_contacts_months, keep_videos_days,
    keep_attendance_months, keep_withdrawn_days, keep_records_years)
  values (p_data ->> 'name', p_data ->> 'short_name', p_data ->> 'accent',
    jsonb_build_object('email', p_data -> 'email', 'phone', p_data -> 'phone', 'address', p_data -> 'address',
      'hours', p_data -> 'hours'), p_data ->> 'transparency_unit', p_data ->> 'mail_from', p_data ->> 'help_text',
    (p_data ->> 'grace_hours')::int, (p_data ->> 'storage_gb')::int, nullif(p_data ->> 'silence_from', '')::date,
    nullif(p_data ->> 'silence_until', '')::date, (p_data ->> 'require_aal2')::boolean,
    (p_data ->> 'session_idle_hours')::int, (p_data ->> 'session_max_days')::int, (p_data ->> 'keep_contacts_months')::int,
    (p_data ->> 'keep_videos_days')::int, (p_data ->> 'keep_attendance_months')::int,
    (p_data ->> 'keep_withdrawn_days')::int, (p_data ->> 'keep_records_years')::int)
  on conflict (singleton) do update set name = excluded.name, short_name = excluded.short_name, accent = excluded.accent,
    contact = excluded.contact, transparency_unit = excluded.transparency_unit, mail_from = excluded.mail_from,
    help_text = excluded.help_text, grace_hours = excluded.grace_hours, storage_gb = excluded.storage_gb,
    silence_from = excluded.silence_from, silence_until = excluded.silence_until,
    require_aal2 = excluded.require_aal2, session_idle_hours = excluded.session_idle_hours,
    session_max_days = excluded.session_max_days,
    keep_contacts_months = excluded.keep_contacts_months, keep_videos_days = excluded.keep_videos_days,
    keep_attendance_months = excluded.keep_attendance_months, keep_withdrawn_days = excluded.keep_withdrawn_days,
    keep_records_years = excluded.keep_records_years, version = i.version + 1;
end $$;

-- The texts without the white space around them, addresses in their only form; an absent one is empty.
create function app.trimmed_settings(p_data jsonb) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
  return (select jsonb_object_agg(d.key, case when d.key in ('email', 'mail_from') then to_jsonb(app.canonical_email(d.value #>> '{}'))
    when d.value = 'null' then '""'
    when d.key in ('transparency_unit', 'help_text') then to_jsonb(app.trimmed(d.value #>> '{}'))
    when jsonb_typeof(d.value) = 'string' then to_jsonb(app.tidied(d.value #>> '{}'))
    else d.value end) from jsonb_each(p_data) d);
end $$;

-- Saves the settings that are named and keeps the others; `logo` is null to remove it. The first save also takes over
-- the official rest days of this year and the next. A caller who saw an older version learns of the newer one
-- (`conflict`) and loses nothing.
create function public.save_institution(p_expected_version int, p_data jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_former app.institution := app.lock_institution(p_expected_version);
  v_before jsonb := app.institution_data(v_former);
  v_data jsonb;
  v_year int := extract(year from app.local_day(app.now()));
begin
  perform app.refuse_huge_numbers(p_data);
  if jsonb_typeof(p_data) is distinct from 'object'
    or exists (select from jsonb_object_keys(p_data) k where k <> 'logo' and not v_before ? k) then
    perform app.refuse('malformed_op', null, 400);
  end if;
  v_data := v_before || app.canon_json(p_data - 'logo');
  perform app.refuse_problems(app.institution_problems(v_data)
    || case when p_data ? 'logo' then app.logo_problems(p_data -> 'logo') else '{}' end);
  if (v_data ->> 'require_aal2')::boolean and not app.has_factor(auth.uid()) then   -- they would lock themselves out
    perform app.refuse('own_factor_first', 'require_aal2', 409);
  end if;
  v_data := app.trimmed_settings(v_data);
  perform app.write_institution(v_data);
  if p_data ? 'logo' then
    update app.institution set logo_header = app.png_within(p_data -> 'logo' ->> 'header', 480, 96),
      logo_icon = app.png_within(p_data -> 'logo' ->> 'icon', 192, 192) where singleton;
  end if;
  if p_expected_version = 0 then
    insert into app.holidays (day, name)
    select o.day, o.name from generate_series(v_year, v_year + 1) y, app.official_rest_days(y) o on conflict do nothing;
  end if;
  perform app.record_institution_event(p_expected_version + 1,
    v_before || jsonb_build_object('logo', app.logo_hash(v_former)),
    v_data || jsonb_build_object('logo', (select app.logo_hash(i) from app.institution i)));
  return app.institution_answer();
end $$;
grant execute on function public.save_institution(int, jsonb) to authenticated;

-- Replaces the days on which the institution does not work. Deadlines that were already told stay as they are.
create function public.save_holidays(p_expected_version int, p_days jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_institution app.institution := app.lock_institution(p_expected_version);
  v_before jsonb := app.holiday_list();
begin
  if v_institution.singleton is null then perform app.refuse('conflict', null, 409); end if;   -- its first save comes before
  perform app.refuse_huge_numbers(p_days);
  p_days := app.canon_json(p_days);
  perform app.refuse_problems(app.holiday_problems(p_days));
  delete from app.holidays where true;
  insert into app.holidays (day, name) select (h.item ->> 'day')::date, app.tidied(h.item ->> 'name')
  from app.items_of(jsonb_build_object('days', p_days), 'days') h;
  if app.record_institution_event(p_expected_version + 1, jsonb_build_object('holidays', v_before),
    jsonb_build_object('holidays', app.holiday_list())) then
    update app.institution set version = version + 1 where singleton;
  end if;
  return app.institution_answer();
end $$;
grant execute on function public.save_holidays(int, jsonb) to authenticated;
