-- The list of published videos.

-- The published videos whose public copy is ready, newest first, 50 a page. p_after is the `next` of the page
-- before. The position is compared without «or», so that the index serves every page; the copy is asked for row by row, because
-- a plan that joins it would read all copies.
create function public.published_videos(p_convocatoria uuid, p_after text default null) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return app.unless_known((with page as (
      select s.id, s.folio, s.published_at, v.pillar, v.title, v.summary, v.transcript, v.municipality,
        m.duration_ms, m.bytes, m.mime, app.public_object(m) as object,
        case when m.poster is not null then m.public_id || '.jpg' end as poster,
        case when v.captions is not null then m.public_id || '.vtt' end as captions,
        (select c.display_name from app.contacts c where c.submission_id = s.id) as name, app.public_reply(s.id) as reply
      from (select s.* from app.submissions s
        where s.convocatoria_id = p_convocatoria and s.state = 'published'
          and exists (select from app.convocatorias c where c.id = p_convocatoria and c.published)
          and (select m.public_ready and (m.licence_until is null or app.now() <= app.end_of_day(m.licence_until))
            from app.media_uploads m where m.submission_id = s.id)
          and (s.published_at, s.id) < (
            case when p_after is null then 'infinity' else app.parse_instant(split_part(p_after, '~', 1)) end,
            case when p_after is null then 'ffffffff-ffff-ffff-ffff-ffffffffffff'
              else app.parse_uuid(split_part(p_after, '~', 2)) end)
        order by s.published_at desc, s.id desc limit 50) s
      join app.videos v on v.submission_id = s.id join app.media_uploads m on m.submission_id = s.id
    )
    select jsonb_build_object(
      'items', coalesce(jsonb_agg(app.public_item(p.id, 'videos', to_jsonb(p) - 'id') order by p.published_at desc, p.id desc), '[]'),
      'next', case when count(*) = 50 then (select app.page_key(l.published_at, l.id) from page l
        order by l.published_at, l.id limit 1) end)
    from page p));
end $$;
grant execute on function public.published_videos(uuid, text) to anon, authenticated;
