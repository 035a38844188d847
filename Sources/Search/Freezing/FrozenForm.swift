import SystemModel

/// One of the forms in which a run may be written down: what is needed for the frozen run to end
/// when the run does, and to have the order of the run.
struct FrozenForm {
  /// Whether each call has an entry of its own: those of one instant keep their order.
  var isStrict = false
  /// Whether faults and calls wait behind the end of the run, which may have kept it from ending
  /// sooner.
  var isPatient = false
  /// Faults that act by chance and stay without effect, by their places in ascending order: their
  /// beginning or their end may be the last that happens, or the event at which a condition of
  /// another one comes true.
  var kept: [Int] = []

  /// All forms but the plainest, the plainer ones first.
  static func others(of plan: SystemPlan) -> [FrozenForm] {
    let chances = plan.faults.indices.filter { plan.faults[$0].action.isChance }
    var forms: [FrozenForm] = []
    for isStrict in plan.workloads.isEmpty ? [false] : [false, true] {
      for kept in chances.isEmpty ? [[]] : [[], chances] {
        for isPatient in [false, true] {
          forms.append(FrozenForm(isStrict: isStrict, isPatient: isPatient, kept: kept))
        }
      }
    }
    return Array(forms.dropFirst())
  }
}
