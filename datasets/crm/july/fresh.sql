-- What such a model meets afterwards: leads as they are when they have to be scored, on the day they
-- came in, a week and a month later, from 1 July 2025 on; and whether each was won in the 90 days after.
WITH ends AS (
  SELECT lead_id, MIN(occurred_at) AS ended, MIN(kind) AS stage FROM activities
  WHERE kind IN ('won', 'lost') GROUP BY lead_id
),
ages(days) AS (VALUES (0), (7), (30)),
moments AS (
  SELECT l.lead_id, g.days, datetime(l.created_at, '+' || g.days || ' days') AS today,
    CASE WHEN e.stage = 'won' AND e.ended < datetime(l.created_at, '+' || (g.days + 90) || ' days')
      THEN 'won' ELSE 'lost' END AS stage
  FROM leads l CROSS JOIN ages g LEFT JOIN ends e USING (lead_id)
  WHERE datetime(l.created_at, '+' || g.days || ' days') >= '2025-07-01'
    AND datetime(l.created_at, '+' || (g.days + 90) || ' days') < '2026-01-01'
    AND (e.ended IS NULL OR e.ended >= datetime(l.created_at, '+' || g.days || ' days'))
)
SELECT l.lead_id, l.country, l.language, l.industry, l.product_interest, l.source, l.campaign,
  l.sessions_before, l.seconds_on_site, l.consent,
  CASE WHEN EXISTS (SELECT 1 FROM changes c WHERE c.lead_id = l.lead_id AND c.field = 'budget'
                    AND c.changed_at >= m.today) THEN NULL ELSE l.budget END AS budget,
  NULL AS onboarding_owner,
  COUNT(a.kind) AS activities,
  COUNT(CASE a.kind WHEN 'page_view' THEN 1 END) AS page_views,
  COUNT(CASE a.kind WHEN 'download' THEN 1 END) AS downloads,
  COUNT(CASE a.kind WHEN 'webinar' THEN 1 END) AS webinars,
  COUNT(CASE a.kind WHEN 'demo_request' THEN 1 END) AS demo_requests,
  COUNT(CASE a.kind WHEN 'email_sent' THEN 1 END) AS emails_sent,
  COUNT(CASE a.kind WHEN 'email_open' THEN 1 END) AS emails_opened,
  COUNT(CASE a.kind WHEN 'email_click' THEN 1 END) AS emails_clicked,
  COUNT(CASE a.kind WHEN 'reply' THEN 1 END) AS replies,
  COUNT(CASE a.kind WHEN 'unsubscribe' THEN 1 END) AS unsubscribed,
  COUNT(CASE a.kind WHEN 'call' THEN 1 END) AS calls,
  COUNT(CASE a.kind WHEN 'product_use' THEN 1 END) AS product_uses,
  COUNT(DISTINCT date(a.occurred_at)) AS active_days,
  ROUND(julianday(m.today) - julianday(MAX(a.occurred_at)), 2) AS days_since_last,
  ROUND(julianday(m.today) - julianday(l.created_at), 2) AS days_since_created,
  m.stage
FROM moments m JOIN leads l USING (lead_id)
LEFT JOIN activities a ON a.lead_id = l.lead_id AND a.kind NOT IN ('won', 'lost')
  AND (MAX(a.occurred_at, a.recorded_at) < m.today OR (m.days = 0 AND a.occurred_at = l.created_at))
GROUP BY m.lead_id, m.days
ORDER BY m.lead_id, m.days
