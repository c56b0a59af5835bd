package coffer.sys;

import coffer.barrier.MountStore;
import coffer.barrier.Transaction;
import coffer.engine.Call;

/// What a call to the server's own engine works on.
final class Work {
  private Work() {}

  /// The transaction of the whole request.
  static Transaction of(Call call) {
    return ((MountStore) call.storage()).transaction();
  }
}
