"""The headers that platforms are known to write, by report and language: none of them is unknown to its format."""

from __future__ import annotations

import pytest

from listener.campaigns.detect import Detector
from listener.campaigns.mapping import shipped

# format, report and language -> its headers, parted by bars
HEADERS: dict[tuple[str, str], str] = {
    ("ga4", "traffic acquisition, en"): (
        "Session primary channel group (Default channel group)|Sessions|Engaged sessions|Engagement rate"
        "|Average engagement time per session|Events per session|Event count|Key events|Session key event rate"
        "|Total revenue"
    ),
    (
        "ga4",
        "the other capitals, en",
    ): "Session primary channel group (Default Channel Group)|Sessions|Engaged sessions",
    ("ga4", "before key events, en"): "Session source / medium|Users|Sessions|Conversions|Session conversion rate",
    ("ga4", "other first columns, en"): (
        "Session source / medium|Session source|Session medium|Session campaign|Session source platform|Sessions"
    ),
    ("ga4", "user acquisition, en"): (
        "First user primary channel group (Default channel group)|Total users|New users|Returning users"
        "|Average engagement time per active user|Key events|Total revenue"
    ),
    ("ga4", "UTM report, en"): "Manual campaign name|Sessions|Active users",
    ("ga4", "free form, en"): "Date|Active users|New users|Sessions",
    ("ga4", "de"): (
        "Sitzung \u2013 primäre Channelgruppe (Standard-Channelgruppe)|Sitzungen|Sitzungen mit Interaktionen"
        "|Engagement-Rate"
        "|Durchschnittliche Interaktionsdauer pro Sitzung|Ereignisanzahl|Schlüsselereignisse|Gesamtumsatz"
        "|Sitzung \u2013 Quelle/Medium|Sitzung \u2013 Kampagne|Aktive Nutzer|Neue Nutzer"
    ),
    ("ga4", "the older channel, de"): "Sitzung \u2013 Standardchannelgruppe|Sitzungen",
    ("ga4", "es"): (
        "Grupo de canales principal de la sesión (Grupo de canales predeterminado)|Sesiones|Sesiones con interacción"
        "|Tasa de interacción|Eventos clave|Ingresos totales|Fuente/medio de la sesión|Campaña de la sesión"
        "|Usuarios activos|Usuarios nuevos|Nuevos usuarios"
    ),
    ("ga4", "fr"): (
        "Groupe de canaux principal de la session (Groupe de canaux par défaut)|Sessions|Sessions avec engagement"
        "|Taux d'engagement|Durée d'engagement moyenne|Événements clés|Revenu total|Source / support de la session"
        "|Campagne de la session|Utilisateurs actifs|Nouveaux utilisateurs"
    ),
    ("ga4", "ko"): (
        "세션 기본 채널 그룹|세션수|참여 세션수|참여율|세션당 평균 참여 시간|이벤트 수|주요 이벤트 수|총 수익"
        "|세션 소스/매체|세션 캠페인|활성 사용자|신규 사용자"
    ),
    ("ga4", "the other sessions, ko"): "세션 기본 채널 그룹|세션",
    ("meta_ads", "en"): (
        "Reporting starts|Reporting ends|Campaign name|Ad set name|Ad name|Campaign ID|Ad set ID|Ad ID|Day"
        "|Impressions|Reach"
        "|Frequency|Link clicks|Clicks (all)|Amount spent (USD)|Results|Result indicator|Result type|Cost per results"
        "|Cost per result|CPM (cost per 1,000 impressions) (USD)|CPC (cost per link click) (USD)|CPC (all) (USD)"
        "|CTR (link click-through rate)|CTR (all)|CPP (cost per 1,000 people reached)|Landing page views|Purchases"
        "|Purchases conversion value|Purchase conversion value|Website purchases conversion value"
        "|Purchase ROAS (return on ad spend)|Cost per purchase|Adds to cart|ThruPlays|3-second video plays"
        "|Quality ranking"
        "|Ad delivery|Campaign delivery|Currency"
    ),
    ("meta_ads", "fr"): (
        "Début des rapports|Fin des rapports|Jour|Nom de la campagne|Nom de l'ensemble de publicités"
        "|Nom de l\u2019ensemble de publicités|Nom de la publicité|Montant dépensé (EUR)|Impressions|Portée|Couverture"
        "|Répétition|Fréquence|Clics sur un lien|Clics sur le lien|Clics (tous)|Résultats|Indicateur de résultats"
        "|Coût par résultat|CPC (coût par clic sur un lien) (EUR)|CPM (Coût pour 1 000 impressions) (EUR)|CTR (tous)"
        "|Achats"
        "|Valeur de conversion des achats|ROAS (retour sur les dépenses publicitaires) des achats|Devise"
    ),
    ("meta_ads", "de"): (
        "Berichtsbeginn|Berichtsende|Tag|Kampagnenname|Name der Kampagne|Name der Anzeigengruppe|Anzeigenname"
        "|Name der Anzeige|Ausgegebener Betrag (EUR)|Impressionen|Reichweite|Frequenz|Link-Klicks|Klicks (alle)"
        "|Ergebnisse"
        "|Kosten pro Ergebnis|CPC (Kosten pro Link-Klick) (EUR)|CPM (Kosten pro 1.000 Impressionen) (EUR)|CTR (alle)"
        "|Website-Käufe|Conversion-Wert|ROAS (Käufe)|Währung"
    ),
    ("meta_ads", "es"): (
        "Inicio del informe|Fin del informe|Día|Nombre de la campaña|Nombre del conjunto de anuncios|Nombre del anuncio"
        "|Importe gastado (EUR)|Impresiones|Alcance|Frecuencia|Clics en el enlace|Clics (todos)|Resultados"
        "|Tipo de resultado"
        "|Coste por resultado|Costo por resultado|CPC (costo por clic en el enlace)|CPM (costo por mil impresiones)"
        "|CTR (todos)|Compras|Valor de conversión de compras|ROAS (retorno de la inversión en publicidad)|Divisa"
        "|Visitas a la página de destino"
    ),
    ("meta_ads", "ko"): (
        "보고 시작|보고 종료|일|캠페인 이름|광고 세트 이름|광고 이름|지출 금액 (KRW)|노출|도달|빈도|링크 클릭"
        "|클릭(전체)|결과|결과 유형|결과당 비용|CPC(링크 클릭당 비용)|CPM(1,000회 노출당 비용)|CTR(전체)"
        "|구매|공유 항목이 포함된 구매|구매 전환값|공유 항목의 구매 전환값"
        "|구매 ROAS(광고 지출 대비 수익률)|랜딩 페이지 조회"
    ),
    ("meta_ads", "the other spend, ko"): "일|캠페인 이름|소진 금액 (KRW)|노출",
    ("meta_ads", "it"): (
        "Giorno|Nome della campagna|Nome del gruppo di inserzioni|Nome dell'inserzione|Importo speso (EUR)|Impressioni"
        "|Copertura|Clic sul link|Risultati"
    ),
    ("meta_ads", "pt"): (
        "Início dos relatórios|Término dos relatórios|Dia|Nome da campanha|Nome do conjunto de anúncios|Nome do anúncio"
        "|Valor gasto (BRL)|Valor usado (BRL)|Impressões|Alcance|Frequência|Cliques no link|Resultados"
    ),
    ("meta_ads", "ro"): "Zi|Numele campaniei|Suma cheltuită (RON)",
    ("linkedin_ads", "en"): (
        "Start Date (in UTC)|Account Name|Currency|Salesforce Opportunity ID|Account Total Budget"
        "|Account Total Budget End Date (in UTC)|Campaign Group ID|Campaign Group Name|Campaign ID|Campaign Name"
        "|Campaign Type|Campaign Status|Cost Type|Daily Budget|Creative Name|Ad ID|Creative Status|Ad Introduction Text"
        "|Ad Headline|Click URL|DSC Name|Total Spent|Impressions|Clicks|Click Through Rate|Average CPM|Average CPC"
        "|Reactions|Comments|Shares|Follows|Other Clicks|Total Social Actions|Total Engagements|Engagement Rate"
        "|Viral Impressions|Viral Clicks|Conversions|Post-Click Conversions|View-Through Conversions|Conversion Rate"
        "|Cost per Conversion|Total Conversion Value|Return on Ad Spend|Leads|Lead Forms Opened"
        "|Lead Form Completion Rate"
        "|Cost per Lead|Video Plays|Video Views|Video View Rate|Video Views at 25%|Video Views at 50%"
        "|Video Views at 75%"
        "|Video Completions|Reach|Average Frequency|Cost per 1,000 People Reached|Clicks to Landing Page"
        "|Leads (Work Email)|Event Registrations|Member Follows"
    ),
    ("linkedin_ads", "de"): "Startdatum (in UTC)|Kampagnenname|Gesamtausgaben|Impressionen|Klicks|Abschlüsse",
    ("linkedin_page", "en"): "Date|Organic followers|Total followers",
    ("google_ads", "en"): (
        "Campaign status|Campaign state|Campaign|Campaign ID|Campaign type|Ad group|Day|Currency code|Budget|Cost|Impr."
        "|Clicks|CTR|Avg. CPC|Avg. cost|Conversions|Cost / conv.|Conv. rate|Conv. value|Conv. value / cost|Headline 1"
        "|Description"
    ),
    ("google_ads", "fr"): (
        "État de la campagne|Campagne|Type de campagne|Budget|Coût|Impr.|Clics|CTR|CPC moy.|Coût moy.|Conversions"
        "|Coût/conv.|Taux de conv.|Valeur des résultats"
    ),
    ("google_ads", "de"): (
        "Kampagnenstatus|Kampagne|Anzeigengruppe|Asset-Gruppe|Kosten|Impressionen|Klicks|Interaktionen|Durchschn. CPC"
        "|Klickrate|Interaktionsrate|Kosten/Conv.|Conv.-Rate|Conversions"
    ),
    ("google_ads", "ko"): (
        "일|캠페인|캠페인 유형|기기|검색 키워드|노출수|클릭수|클릭률(CTR)|통화 코드|평균 비용|비용|전환"
        "|모든 전환당 비용|전환율"
    ),
    ("google_ads", "es"): "Campaña|Coste|Impr.|Clics|CPC medio|Conversiones|Coste/conv.",
    ("microsoft_ads", "en"): "Gregorian date|Campaign name|Campaign ID|Impressions|Clicks|Spend|Conversions",
    ("tiktok_ads", "en"): (
        "By Day|Campaign name|Ad group name|Ad name|Website URL|Currency|Cost|CPC (destination)|CPM|Impressions"
        "|Gross Impressions (Includes Invalid Impressions)|Clicks (destination)|Clicks (all)|CTR (destination)"
        "|CTR (all)"
        "|Reach|Cost per 1,000 people reached|Frequency|Conversions|Cost per conversion (CPA)|Conversion rate (CVR)"
        "|Results"
        "|Cost per result|Video views|2-second video views|6-second video views|Average play time per video view"
    ),
    ("tiktok_ads", "the other spellings, en"): "Date|Campaign name|Cost|CPC (Destination)|Impressions",
    ("tiktok_ads", "organic, en"): (
        "Video title|Video link|Post time|Total likes|Total comments|Total shares|Total views|Average watch time"
        "|Add to favorites"
    ),
    ("x_ads", "en"): (
        "Time period|Campaign name|Impressions|Spend|Funding source|Objective|Results|Result type|Cost per result"
        "|Link clicks|CPLC|Engagements|CPE|Media views"
    ),
    ("x_analytics", "en"): (
        "Tweet id|Tweet permalink|Tweet text|time|impressions|engagements|engagement rate|retweets|replies|likes"
        "|user profile clicks|url clicks|hashtag clicks|detail expands|permalink clicks|app opens|app installs|follows"
        "|email tweet|dial phone|media views|media engagements"
    ),
    ("hubspot_contacts", "en"): (
        "Record ID|First Name|Last Name|Email|Phone Number|Company Name|Job Title|Country/Region|City|Lead Status"
        "|Lifecycle Stage|Original Source|Original Source Drill-Down 1|Original Source Drill-Down 2|Contact Owner"
        "|Create Date|Last Modified Date|Annual Revenue|Marketing contact status|Lead Score|First Conversion"
        "|First Page Seen|Last Page Seen|Number of Associated Deals"
    ),
    ("hubspot_contacts", "the newer source, en"): "Record ID|Lifecycle Stage|Original Traffic Source|Create Date",
    ("hubspot_contacts", "internal names"): (
        "Record ID|Lifecycle Stage|Create Date|hs_analytics_source|hs_analytics_source_data_1"
        "|hs_analytics_source_data_2"
    ),
    ("hubspot_deals", "en"): (
        "Record ID|Deal Name|Amount|Deal Stage|Close Date|Deal Owner|Company Name|Pipeline|Create Date|Currency"
        "|Associated Company|Closed Won"
    ),
    ("hubspot_deals", "the other spellings, en"): "Deal ID|Deal Amount|Deal Stage|Close Date",
    ("hootsuite_posts", "en"): (
        "Date (GMT)|Post ID|Post Message|Post Permalink|Post Type|Social Network|Impressions|Reach|Engagement|Likes"
        "|Comments|Shares|Post Link Clicks|Video Views"
    ),
    ("sprout_posts", "en"): (
        "Date|Post ID|Network|Post Type|Content Type|Profile|Sent by|Link|Post|Impressions|Reach|Engagements"
        "|Engagement Rate (per Impression)|Reactions|Comments|Shares|Saves|Post Link Clicks|Video Views"
    ),
    ("buffer_posts", "en"): (
        "Date|Update|Service|Service Link|Type|Impressions|Reach|Engagements|Likes|Comments|Shares|Clicks"
    ),
    ("meta_business_suite", "Instagram posts, en"): (
        "Post ID|Account ID|Account username|Account name|Description|Duration (sec)|Publish time|Permalink|Post type"
        "|Data comment|Date|Views|Reach|Likes|Shares|Follows|Comments|Saves"
    ),
    ("meta_business_suite", "before views, en"): "Post ID|Publish time|Permalink|Post type|Impressions|Reach",
    ("meta_business_suite", "Facebook posts, en"): (
        "Post ID|Page ID|Page name|Title|Duration (sec)|Publish time|Permalink|Post type|Views|Average Seconds viewed"
        "|Reach|Reactions|Comments|Shares|Total clicks"
    ),
    ("meta_business_suite", "Instagram posts, de"): (
        "Beitrags-ID|Konto-Benutzername|Beschreibung|Dauer (Sek.)|Veröffentlichungszeitpunkt|Permalink|Beitragstyp"
        "|Aufrufe|Reichweite"
    ),
    ("youtube_studio", "en"): (
        "Content|Video title|Video publish time|Duration|Views|Watch time (hours)|Estimated revenue (USD)|Impressions"
    ),
}


@pytest.mark.parametrize(("form", "report"), HEADERS)
def test_no_header_of_a_known_report_is_unknown(form: str, report: str) -> None:
    mapped = Detector(shipped()).mapped(HEADERS[form, report].split("|"))

    assert mapped is not None
    assert (mapped.form.name, mapped.unknown) == (form, ())
