package io.countersign.app.serve;

import io.countersign.kernel.access.Open;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.RequiresPermission;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Handlers with and without a declared permission, beside the real ones. */
@Configuration(proxyBeanMethods = false)
class Undeclared {

  @RestController
  static class Handlers {

    @GetMapping("/test/undeclared")
    String undeclared() {
      return "reached";
    }

    @Open("test")
    @GetMapping("/test/open")
    String open() {
      return "reached";
    }

    @RequiresPermission(Permission.READ_WORK_ITEMS)
    @GetMapping("/test/who")
    String who(Principal principal) {
      return principal.actor().ref();
    }

    @Open("test")
    @GetMapping("/test/broken")
    String broken(@RequestParam(name = "number", defaultValue = "1") int number) {
      throw new IllegalStateException("secret in a message, number " + number);
    }
  }
}
