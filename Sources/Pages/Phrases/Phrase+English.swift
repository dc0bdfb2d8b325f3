extension Phrase {
  /// The text in English.
  var english: String {
    switch self {
    // The page as a whole, and words of several sections
    case .title: "Rules or model? A comparison"
    case .eyebrow: "Rules and model on the same leads"
    case .headlineModel:
      "The model finds {model} of {all} buyers in the top {share}; your rules find {rules}."
    case .headlineRules:
      "Your rules find {rules} of {all} buyers in the top {share}; the model finds {model}."
    case .headlineLevel:
      "In the top {share} the model finds {model} of {all} buyers and your rules {rules}: a "
        + "difference that chance alone could make."
    case .headlineAllWon: "All of these leads converted, so there is nothing to rank."
    case .headlineNoneWon: "None of these leads converted, so there is nothing to rank."
    case .about: "about {count}"
    case .heldOut: "{leads} leads that were kept away from training, {won} of them buyers ({rate})."
    case .outOfFold:
      "{leads} leads of the history, each scored by a model that was fitted without it, "
        + "{won} of them buyers ({rate})."
    case .newData: "{leads} leads that the model was not fitted to, {won} of them buyers ({rate})."
    case .contactUnknown:
      "All leads are compared, contacted or not. If your rules decided who was called, wins "
        + "that calling caused count for the rules."
    case .contactKnown:
      "All leads are compared. Among the {leads} contacted ones alone (“{column}”, {won} "
        + "buyers) the model ranks with an AUC of {model}, the rules with {rules}."
    case .contactFew:
      "All leads are compared; too few are marked as contacted in “{column}” to compare "
        + "among them alone."
    case .model: "Model"
    case .rules: "Rules"
    case .together: "Both together"
    case .random: "At random"
    case .difference: "Difference"
    case .interval: "95% interval"
    case .leads: "Leads"
    case .buyers: "Buyers"
    case .conversionRate: "Conversion rate"
    case .to: "{low} to {high}"
    case .tilesTop: "Buyers found in the top {share}"
    case .tilesDifference: "Difference: {difference} buyers ({interval})"
    case .tilesAUC: "AUC: how well the whole list is ranked"
    case .tilesAUCDifference: "Difference: {difference} ({interval}), {p}"
    case .tilesAUCLevel: "Difference: {difference} ({interval}): cannot be told apart"
    case .pBelow: "p < {value}"
    case .pIs: "p = {value}"
    case .asTable: "The figures as a table"
    case .howToRead: "How to read this"
    case .notFilled: "not filled in"
    // Gain curves
    case .gainTitle: "Buyers found along the list"
    case .gainLead: "Work the list from the top: this share of all buyers is found."
    case .gainX: "Share of leads worked"
    case .gainY: "Share of buyers found"
    case .gainDescription:
      "Two curves from 0 to 100%. At {share} of the leads the model has found {model} of the "
        + "buyers, the rules {rules}."
    case .gainHelp:
      "The higher a curve, the sooner it finds the buyers. The dotted line is a list in "
        + "random order. Shaded bands hold the curve in 95 of 100 draws of leads like these "
        + "({draws} draws, seed {seed}). Where many leads share a rule score they are taken in "
        + "random order, so the curve of the rules is straight there."
    case .gainLabel: "{side} {value}"
    // Reliability
    case .reliabilityTitle: "Do the numbers mean what they say?"
    case .reliabilityLead: "What each score promises, against what happened."
    case .reliabilityModel: "The model’s probability"
    case .reliabilityRules: "The rules’ score"
    case .probability: "Probability"
    case .meanProbability: "Mean probability"
    case .ruleScore: "Rule score"
    case .converted: "Converted"
    case .reliabilityModelDescription:
      "Leads in groups of rising probability. In the highest group the model expected "
        + "{expected} and {rate} converted."
    case .reliabilityRulesDescription:
      "Conversion rate by rule score. Of the leads with {low} to {high} points {rate} "
        + "converted."
    case .reliabilityHelp:
      "On the line, a probability of 30% means that 30 of 100 such leads buy. Bars are 95% "
        + "intervals (Wilson). Points promise no rate of their own: all that can be asked is "
        + "whether more points mean more buyers."
    // Bands of the rule score
    case .bandsTitle: "What your points mean"
    case .bandsLead: "Conversion rate at each rule score."
    case .bandsDescription:
      "One bar for each range of the rule score, from {first} in the highest to {last} in "
        + "the lowest."
    case .bandsHelp:
      "The bar is the share that bought, the thin line its 95% interval; the round mark is "
        + "what the model expects of the same leads on average."
    case .modelExpects: "Model expects"
    case .rateOfLeads: "{rate} of {leads}"
    // Rules
    case .rulesTitle: "Rule by rule"
    case .rulesLead:
      "Leads that a rule holds of, against all others: by how much their conversion rate "
        + "differs."
    case .rulesX: "Difference in rate, percentage points"
    case .rulesDescription:
      "One row for each rule with the difference in conversion rate and its interval."
    case .rulesHelp:
      "Right of the line, leads with the rule convert more often. A rule that gives points "
        + "belongs to the right, one that takes them to the left. Each rule is looked at by "
        + "itself: what goes along with it counts too."
    case .ruleLabel: "{rule} · {points}"
    case .pointsOf: "{points} points"
    case .disqualifies: "disqualifies"
    case .verdictAgrees: "as meant"
    case .verdictWrongSign: "points the wrong way"
    case .verdictNothing: "no effect seen"
    case .verdictTooFew: "too few leads to tell"
    case .rule: "Rule"
    case .points: "Points"
    case .holds: "Leads with it"
    case .rateWith: "Rate with"
    case .rateWithout: "Rate without"
    case .verdict: "What it says"
    case .overlapSentence:
      "“{first}” and “{second}” hold of the same leads ({share} of those that either holds "
        + "of): one thing is counted twice."
    case .lateSentence:
      "“{column}” is filled when or after the outcome is known. Points by it make the rules "
        + "look better than they are."
    case .outcomeSentence:
      "“{column}” is the outcome itself: points by it are known only afterwards."
    // Grid and stages
    case .gridTitle: "The grid of grades"
    case .gridLead: "Conversion rate in each cell of {rows} and {columns}."
    case .gridLeadOne: "Conversion rate by grade of {columns}."
    case .gridDescription:
      "A grid of grades; the darkest cell is {best} with a conversion rate of {rate}."
    case .gridHelp:
      "Colour is the share that bought; small figures are numbers of leads. Cells with few "
        + "leads tell little: see the intervals in the table. If neighbours have the same rate, "
        + "the line between them means nothing."
    case .cell: "Cell"
    case .stagesTitle: "Stage by stage"
    case .stagesLead: "What became of the leads of each stage, and what the model expects of them."
    case .stagesHelp:
      "The bar is the share that bought, with its 95% interval; the round mark is what the "
        + "model expects. The AUC within a stage says how much the model still adds where the "
        + "rules see no difference."
    case .stagesDescription: "One bar for each stage with its conversion rate."
    case .stage: "Stage"
    case .belowStages: "below every stage"
    case .aucWithin: "AUC of the model within"
    // Swaps
    case .swapsTitle: "Where the two disagree"
    case .swapsLead:
      "The top {share} of each list ({leads} leads): who is on both, who on one alone, and "
        + "how they converted."
    case .onBoth: "On both lists"
    case .modelOnly: "Only on the model’s"
    case .rulesOnly: "Only on the rules’"
    case .swapsDescription:
      "Three bars: of the leads on both lists {both} converted, of those only on the model’s "
        + "{model}, of those only on the rules’ {rules}."
    case .swapsHelp:
      "If leads that only one side picks convert more often than those that only the other "
        + "picks, it pays to listen to the first."
    case .swapListModel: "The model would call, the rules would not"
    case .swapListRules: "The rules would call, the model would not"
    case .swapBought: "bought"
    case .swapNot: "did not buy"
    case .swapScores:
      "Probability {probability} (place {model}) · rule score {score} (place {rules})"
    case .swapModelReasons: "Model: {text}"
    case .swapRuleReasons: "Rules: {text}"
    case .lead: "Lead"
    case .swapMore: "More of them"
    case .swapNone: "No lead is surely on this list alone."
    // Capacity
    case .capacityTitle: "How many leads to work"
    case .capacityLead: "Each step down the list, and what it finds."
    case .capacityAsked:
      "With room for {leads} leads the model finds {model} of {all} buyers (from a "
        + "probability of {modelFrom}), the rules find {rules} (from a score of {rulesFrom})."
    case .capacityAskedOf:
      "With room for {leads} of every {outOf} leads, which is {here} of these, the model "
        + "finds {model} of {all} buyers (from a probability of {modelFrom}), the rules find "
        + "{rules} (from a score of {rulesFrom})."
    case .capacityBest:
      "At {value} a conversion and {cost} a contact, it pays by the {side} to work {leads} "
        + "leads: {net} net."
    case .capacityBestColumn:
      "With the values of “{value}” and {cost} a contact, it pays by the {side} to work "
        + "{leads} leads: {net} net."
    case .capacityNone: "By the {side} no contact pays at this value and cost."
    case .sideModel: "model"
    case .sideRules: "rules"
    case .worked: "Leads worked"
    case .modelFinds: "Model finds"
    case .rulesFind: "Rules find"
    case .togetherFind: "Together"
    case .modelMisses: "Model misses"
    case .rulesMiss: "Rules miss"
    case .fromProbability: "From a probability of"
    case .fromScore: "From a score of"
    case .either: "On either list"
    case .precision: "Of 100 worked"
    case .netModel: "Net, model"
    case .netRules: "Net, rules"
    case .capacityHelp:
      "Buyers found by working so many leads from the top of each list. “Together” takes "
        + "leads by the mean of their two places. The table below adds the score to start from, "
        + "the buyers missed and the leads that either list would work. The best thresholds are "
        + "found on these very leads, which flatters them a little."
    // Rules and model put together by a fit
    case .combinedTitle: "Rules and model together"
    case .combinedBeatsBoth: "Together they beat both the model alone and the rules alone."
    case .combinedModelAsWell:
      "Together they beat the rules and cannot be told from the model alone: the points add nothing "
        + "to it that shows on these leads."
    case .combinedRulesAsWell:
      "Together they beat the model and cannot be told from the rules alone."
    case .combinedLevel: "Together they can be told from neither alone."
    case .combinedWorseThanModel: "Together they do worse than the model alone."
    case .combinedWorseThanRules: "Together they do worse than the rules alone."
    case .combinedPrior:
      "The rules are the prior from which the model departs (weights: model {model}, rules {rules})."
    case .combinedFeature:
      "The rule score is a feature beside the model (weights: model {model}, rules {rules})."
    case .combinedAgainst: "Log loss of both together less its own"
    case .combinedLogLoss: "Log loss"
    case .combinedTop: "Buyers in the top {share}"
    case .combinedHelp:
      "The fit put model and rules together on leads that neither was fitted to; here it is only "
        + "applied. Log loss is lower where probabilities are better; the rules’ is that of their "
        + "score brought to probabilities. A difference whose interval leaves out 0 is beyond chance."
    // Segments
    case .segmentsTitle: "Where each side works"
    case .segmentsLead:
      "How well each ranks within parts of the leads. Marks that touch the dotted line do no "
        + "better than chance."
    case .segmentsX: "AUC within the part"
    case .segmentBy: "By {column}"
    case .segmentDescription: "AUC of model and rules for each value of {column}."
    case .segmentHelp:
      "AUC is the chance that a buyer is ranked above another lead: 0.5 is a coin, 1 is "
        + "perfect. With many parts, one in twenty intervals misses by chance alone."
    case .meanScore: "Mean rule score"
    case .segmentTooFew: "Too few buyers to tell: {parts}."
    case .segmentOthers: "{leads} leads of rarer values are not shown."
    case .flagModelFails: "the model does no better than chance"
    case .flagRulesFail: "the rules do no better than chance"
    case .flagBothFail: "neither does better than chance"
    case .flagRulesBetter: "the rules rank better"
    case .flagModelBetter: "the model ranks better"
    case .flagTooFew: "too few buyers to tell"
    case .flagLevel: "level"
    case .partLabel: "{name} · {won} of {leads}"
    // Scores over time
    case .movementTitle: "How rule scores move over time"
    case .movementOnlyUp:
      "From one decision about a lead to the next {rose} scores rose, {fell} fell and {level} stayed: "
        + "the score only goes up. Points that fade, or a rule for silence, let it come down."
    case .movementUpAndDown:
      "From one decision about a lead to the next {rose} scores rose, {fell} fell and {level} stayed."
    case .movementStill:
      "From one decision about a lead to the next {rose} scores rose, {fell} fell and {level} stayed: "
        + "the score hardly moves once it is given."
    case .movementUnknown: "Too few leads were decided on more than once to see their scores move."
    case .movementTrend:
      "First scores of the later months are {trend} points from those of the earlier ({interval})."
    case .movementInflates:
      "First scores of the later months are {trend} points from those of the earlier ({interval}), "
        + "and conversions did not rise with them: the points inflate."
    case .movementAge: "Age"
    case .movementAges: "{from} to {to} days"
    case .movementNext: "one to the next"
    case .movementRose: "Rose"
    case .movementStayed: "Stayed"
    case .movementFell: "Fell"
    case .movementBefore: "Score before"
    case .movementAfter: "Score after"
    case .movementModelBefore: "Model before"
    case .movementModelAfter: "Model after"
    case .movementMonths: "First decisions about leads, by month"
    case .movementMonth: "Month"
    case .movementHelp:
      "Each lead is set against itself, at one age and at the next; the model’s mean probability of "
        + "the same leads stands beside. By month, leads are counted once, at their first decision."
    case .contactAfter: "{types} from the decision on"
    case .contactBefore: "{types} before the decision"
    // Details
    case .detailsTitle: "All figures"
    case .rankingTable: "How well each ranks the whole list"
    case .auc: "AUC (0.5 is chance)"
    case .averagePrecision: "Average precision"
    case .logLoss: "Log loss (base rate alone: {base})"
    case .brier: "Brier score"
    case .topsTable: "Buyers at the top of the list"
    case .topShare: "Top {share}"
    case .rate: "Rate"
    case .lift: "Lift"
    case .tenthsTable: "Buyers by tenth of the list, best scored first"
    case .tenth: "Tenth"
    case .modelSoFar: "Model so far"
    case .rulesSoFar: "Rules so far"
    case .detailsHelp:
      "Lift: how many times as many buyers as leads taken at random. Differences in AUC are "
        + "tested on the same leads (DeLong); those of buyers found by the ones that only one "
        + "side finds (McNemar)."
    case .cautionsTitle: "Before you rely on this"
    case .footer:
      "Model: {model}. Rules: {rules}. Made by Kelvin; this page needs nothing from "
        + "elsewhere."
    case .unnamed: "unnamed"
    // Cautions
    case .cautionFewConversions: "Only {count} of these leads converted: the figures are rough."
    case .cautionFewOthers: "Only {count} of these leads did not convert: the figures are rough."
    case .cautionRulesDoNotRank:
      "Every lead has the same rule score: the rules do not rank these leads at all."
    case .cautionRulesKnowOutcome:
      "{rules} gives points by “{column}”, the outcome itself: what it scores is known only "
        + "afterwards, and no comparison with it means anything."
    case .cautionPointsOfExport:
      "“{column}” holds each lead’s points as of the export: points given after the outcome "
        + "make the rules look better than they are."
    case .cautionMayBeSeen:
      "The model cannot tell which leads it was fitted to: it has no id column, and too many "
        + "leads are alike. Make sure that these are others."
    case .cautionOtherRules:
      "These are other rules than the model was fitted beside: what they and the model would be "
        + "together is not known. Fit again with them to know it."
    // What a column does
    case .shapeTitle: "{column} in {model}"
    case .shapeCaption:
      "Log-odds against the average lead: +0.69 doubles the odds. Across, numbers are as wide as the leads "
        + "that have them."
    case .shapeStrength: "{feature}: ±{strength} log-odds on average"
    case .shapeHidden: "Not shown: rarer levels, {count}."
    case .cautionPredictionsWithoutLeads:
      "{missing} of the {all} leads of {path} are not among these leads, or have no outcome any more: "
        + "the figures are of the others."
    }
  }
}
