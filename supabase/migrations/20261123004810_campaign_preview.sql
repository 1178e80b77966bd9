-- A campaign as citizens will see it, before it is public: for the studio, and for colleagues with a link that ends.

-- Writes a section of a draft as far as it can be written: one whose parts contradict each other stays as it was.
create function app.write_draft_section(p_section app.kind_sections, p_convocatoria uuid, p_data jsonb) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform app.write_section(p_section, p_convocatoria, p_data);
exception when integrity_constraint_violation then
  null;
end $$;

-- The rows that publishing would make, by making them and rolling them back: what is shown is what is published.
create function app.preview_document(p_campaign app.convocatorias) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  v_document jsonb;
begin
  begin
    perform app.write_draft_section(s, p_campaign.id, w.data)
    from app.sections_of(p_campaign.kind) s join app.campaign_sections w on w.section = s.section
    where w.convocatoria_id = p_campaign.id and w.data is not null;
    select jsonb_build_object('convocatoria', app.convocatoria_document(c.id),
      'notice', (select app.notice_document(n) from app.notices n where n.id = c.notice_id),
      'insumos', coalesce((select jsonb_agg(app.insumo_document(i) order by i.position) from app.insumos i
        where i.convocatoria_id = c.id), '[]')) into v_document
    from app.convocatorias c where c.id = p_campaign.id;
    raise exception using errcode = 'PV001', message = 'rolls the preview back';
  exception when sqlstate 'PV001' then
    return v_document;
  end;
end $$;

-- The preview, for whoever may edit the campaign.
create function public.preview_convocatoria(p_id uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
  return app.preview_document(app.lock_campaign(p_id));
end $$;
grant execute on function public.preview_convocatoria(uuid) to authenticated;

-- A link that shows a draft to whoever holds it, for seven days. The token exists only in the link.
create table app.preview_links (
  token_hash text primary key,
  convocatoria_id uuid not null references app.convocatorias on delete cascade,
  created_by uuid not null,
  expires_at timestamptz not null
);
create index on app.preview_links (convocatoria_id);
alter table app.preview_links enable row level security;
comment on table app.preview_links is
  'Personal data: who of the staff shared a draft. Readers: the server. Kept: seven days. Deleted by:'
  ' app.forget_preview_links.';

create function public.share_preview(p_id uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.lock_campaign(p_id);
  v_token text := app.new_token();
  v_expires timestamptz := app.now() + interval '7 days';
begin
  insert into app.preview_links (token_hash, convocatoria_id, created_by, expires_at)
  values (app.sha256_hex(v_token), v_campaign.id, auth.uid(), v_expires);
  return jsonb_build_object('token', v_token, 'expires_at', v_expires);
end $$;
grant execute on function public.share_preview(uuid) to authenticated;

-- Ends every link to this draft.
create function public.unshare_preview(p_id uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.lock_campaign(p_id);
begin
  delete from app.preview_links l where l.convocatoria_id = v_campaign.id;
  return jsonb_build_object('id', p_id);
end $$;
grant execute on function public.unshare_preview(uuid) to authenticated;

-- The draft that a link shows. It is costly to make, so whoever opens links more than sixty times an hour is asked to wait.
-- An unknown link, one that ended and one of a campaign that is public answer alike.
create function public.open_preview(p_token text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias;
begin
  select c.* into v_campaign from app.preview_links l join app.convocatorias c on c.id = l.convocatoria_id
  where l.token_hash = app.sha256_hex(p_token) and l.expires_at > app.now() and not c.published;
  if not found then perform app.refuse('preview_unknown', null, 404); end if;
  if not app.note_call('preview', coalesce(app.caller_hash(), ''), 60) then perform app.refuse('preview_busy', null, 429); end if;
  return app.preview_document(v_campaign);
end $$;
grant execute on function public.open_preview(text) to anon, authenticated;

-- Deletes links that ended, up to 500 a call.
create function app.forget_preview_links() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_count int;
begin
  delete from app.preview_links l where l.token_hash in (
    select e.token_hash from app.preview_links e where e.expires_at <= app.now() limit 500);
  get diagnostics v_count = row_count;
  return v_count;
end $$;
insert into app.due_jobs (name, position, handler) values ('previews_forgotten', 95, 'forget_preview_links');
